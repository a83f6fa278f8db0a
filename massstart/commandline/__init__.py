"""The command line: arguments, exit statuses, where output goes."""
