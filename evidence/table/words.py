"""Numbers that are written in digits or in words."""

WORDS = {
    word: i
    for i, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"), start=1
    )
}  # fmt: skip
NUMBER = rf"(?:\d+|(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b)"


def number(text: str) -> int:
    """``4`` or ``four``."""
    return int(text) if text.isdigit() else WORDS[text.lower()]
