"""Numbers in sentences."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 problem`, `2 problems`, `1,864 books`, `1 copy`, `2 copies`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
