"""Characters of TeX's bitmap fonts, whose glyphs are named by nothing but their codes.

Where no outlines of a font are installed, pdfTeX embeds pictures of its letters and calls code 28
``a28``. The codes are those of the encodings T1 and TS1 (Mittelbach et al., LaTeX font encodings,
2024), so that without these tables ± comes out as a dash and *fi* not at all.
"""

from __future__ import annotations

T1 = {
    13: "‚", 14: "‹", 15: "›", 16: "“", 17: "”", 18: "„", 19: "«", 20: "»", 21: "–", 22: "—",
    25: "ı", 27: "ff", 28: "fi", 29: "fl", 30: "ffi", 31: "ffl", 39: "’", 96: "‘", 127: "-",
    **dict(enumerate("ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£", 128)),
    **{code: chr(code) for code in range(192, 255)},
    215: "Œ", 223: "SS", 247: "œ", 255: "ß",
}  # fmt: skip
TS1 = {
    24: "←", 25: "→", 36: "$", 39: "'", 42: "*", 45: "-", 61: "-", 77: "℧", 79: "○", 87: "Ω",
    94: "↑", 95: "↓", 109: "♪", 132: "†", 133: "‡", 134: "‖", 135: "‰", 136: "•", 137: "℃",
    138: "$", 139: "¢", 140: "ƒ", 151: "™", 155: "№", 157: "℮", 159: "℠", 162: "¢", 163: "£",
    164: "¤", 165: "¥", 166: "¦", 167: "§", 168: "¨", 169: "©", 170: "ª", 172: "¬", 174: "®",
    175: "¯", 176: "°", 177: "±", 178: "²", 179: "³", 180: "´", 181: "µ", 182: "¶", 183: "·",
    184: "※", 185: "¹", 186: "º", 187: "√", 188: "¼", 189: "½", 190: "¾", 191: "€", 214: "×",
    246: "÷",
}  # fmt: skip
ASCII = range(33, 127)
MOST_ACCENTED = 24
"""A font of Latin letters that holds more codes above 191 than this is of another script."""


def characters_by_code(names: dict[int, str]) -> dict[int, str | None]:
    """What a bitmap font prints under each code, None where its code does not tell.

    ``names`` are the names of its glyphs by code; empty for a font that names them otherwise.
    """
    drawn = {code: name for code, name in names.items() if name != ".notdef"}
    if any(name != f"a{code}" for code, name in drawn.items()):
        return {}
    if not any(code in ASCII and chr(code).isalnum() for code in drawn):
        return {code: TS1.get(code) for code in drawn} if max(drawn, default=0) > 127 else {}
    latin = sum(code > 191 for code in drawn) <= MOST_ACCENTED
    return {
        code: T1.get(code, chr(code) if code in ASCII else None) if latin or code < 128 else None
        for code in drawn
    }
