"""What people read: results and the rest as they are shown."""
