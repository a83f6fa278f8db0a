"""Reading what was shown back, by other means than it was written: HTML by a parser, Markdown by a renderer."""

from html.parser import HTMLParser

from markdown_it import MarkdownIt

#: Names that try to be markup, to run, to turn the line round, or are just unusual.
HOSTILE = (
    "<script>document.title='run'</script>",
    "</td></table><script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    'O\'Brien "the Quote" & &amp; &lt;',
    "a|b\\|c `code` *bold* _it_ ~~no~~ [link](https://example.org) #1 $x$ {{ 7 * 7 }} {% raw %}",
    "\u0645\u062d\u0645\u062f \u0639\u0628\u062f \u0627\u0644\u0644\u0647",
    "abc\u202edef\u2069ghi",
    "W" * 60,
    "\U0001f469\u200d\U0001f680 Zo\u00eb \U0001f1f3\U0001f1f1",
    "Z\u0337\u0322a\u0338l\u0335g\u0334o e\u0301",
    "\uae40\ubcf4\ub984",
    "=HYPERLINK(1)",
)

_VOID = {"meta", "img", "br", "hr", "link", "input"}


class Page(HTMLParser):
    """A page, or a piece of one, read back.

    Attributes:
        tags: every tag, in order.
        rows: the cells of every row of a table, as text.
        attributes: the attributes of every cell, row by row.
        title, caption: their texts.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.attributes: list[list[dict[str, str | None]]] = []
        self.title = self.caption = self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in _VOID:
            return
        self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
            self.attributes.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.attributes[-1].append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self._open or "th" in self._open:
            self.rows[-1][-1] += data
        elif "title" in self._open:
            self.title += data
        elif "caption" in self._open:
            self.caption += data
        elif "style" not in self._open:
            self.text += data


def markdown_page(text: str) -> Page:
    """Markdown as it is shown."""
    return Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
