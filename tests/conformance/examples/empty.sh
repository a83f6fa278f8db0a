#!/bin/sh
# Wrong on purpose: answers each race as if it had no starters at all, and refuses nothing.
cat > /dev/null
echo '{"kind": "result", "version": 1, "rulebook": "", "warnings": [], "rows": []}'
