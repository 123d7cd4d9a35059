"""Renders Markdown as GitHub does: a JSON string a line in, one out. Raw HTML is left in, so that whatever would act is seen."""
import json
import sys

import cmarkgfm
from cmarkgfm.cmark import Options

for line in sys.stdin:
    html = cmarkgfm.github_flavored_markdown_to_html(json.loads(line), Options.CMARK_OPT_UNSAFE)
    sys.stdout.write(json.dumps(html) + "\n")
    sys.stdout.flush()
