import pytest

from recommender.text.isbn import isbn_forms, parse_isbn, parse_isbns


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("9788954608916", "9788954608916"),
        ("893720911X", "9788937209116"),
        ("89-372-0911-x", "9788937209116"),
        ("978 89 546 0891 6 (03810)", "9788954608916"),
        ("978-89-546-0891-6 93810 : ₩12000", "9788954608916"),
        ("９７８８９５４６０８９１６", "9788954608916"),
        ("ISBN 0385496494", "9780385496490"),
        ("9788954608917", None),  # the check digit is wrong
        ("0000000000000", None),
        ("2090000056150", None),  # a shop's bar code
        ("03830", None),
        ("", None),
    ],
)
def test_an_isbn_is_read_or_refused(cell: str, expected: str | None) -> None:
    assert parse_isbn(cell) == expected


def test_several_isbns_of_a_cell_in_order_and_once() -> None:
    cell = "9788937460449 ; 8954608914(세트) / 978-89-374-6044-9"
    assert parse_isbns(cell) == ("9788937460449", "9788954608916")


def test_both_forms_of_an_isbn() -> None:
    assert isbn_forms("9788937209116") == ("9788937209116", "893720911X")
    assert isbn_forms("9791196265700") == ("9791196265700",)  # 979 has no ten-digit form
