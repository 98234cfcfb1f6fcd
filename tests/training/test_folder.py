import json
import os
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training.folder import Found, find
from t2i_studio.training.report import Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "own"
    made.mkdir()
    return made


def add(folder: Path, name: str, caption: str | None = None) -> Path:
    """Add what looks like a picture, with a .txt beside it if there is a caption."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    if caption is not None:
        path.with_suffix(".txt").write_text(caption, encoding="utf-8")
    return path


def write_lines(folder: Path, *entries: object, name: str = "captions.jsonl") -> None:
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def said(found: Found) -> dict[str, tuple[str, ...]]:
    return {str(p.path.relative_to(found.folder)): p.captions for p in found.pictures}


def problems(found: Found) -> dict[Problem, int]:
    return {finding.problem: finding.count for finding in found.report.findings}


def test_text_files_give_one_caption_a_line(folder: Path) -> None:
    add(folder, "b.jpg", "\ufeffa dog\r\n\n  a  brown dog \n")
    add(folder, "a/c.WEBP", "ein Käfer")
    add(folder, ".thumbs/d.png", "hidden")
    found = find(folder)
    assert said(found) == {"a/c.WEBP": ("ein Käfer",), "b.jpg": ("a dog", "a brown dog")}
    assert str(found.report) == "2 pictures with captions."


@pytest.mark.parametrize(
    ("entry", "captions"),
    [
        ({"file": "a.png", "caption": "a dog"}, ("a dog",)),
        ({"file_name": "a.png", "text": "a dog"}, ("a dog",)),
        ({"image": "./a.png", "captions": ["a dog", "", 3, "a pet", "a dog"]}, ("a dog", "a pet")),
        ({"file": "a.png", "caption": "half \ud83d"}, ("half ?",)),
    ],
    ids=["caption", "text", "captions", "half-a-character"],
)
def test_lines_of_json_name_a_picture_and_its_captions(
    folder: Path, entry: object, captions: tuple[str, ...]
) -> None:
    add(folder, "a.png")
    write_lines(folder, entry, "", name="metadata.jsonl")
    assert said(find(folder)) == {"a.png": captions}


def test_coco_joins_images_and_annotations(folder: Path) -> None:
    for name in ("a.png", "sub/b.png", "c.png"):
        add(folder, name)
    images = [{"id": 1, "file_name": "a.png"}, {"id": "2", "file_name": "sub/b.png"}, {"id": [3]}]
    notes = [("2", "a cat"), (1, "a dog"), (1, "a pet"), ([], "lost"), (9, "of none")]
    data = {
        "images": images,
        "annotations": [{"image_id": image, "caption": caption} for image, caption in notes],
    }
    (folder / "coco.json").write_text(json.dumps(data), encoding="utf-8")
    found = find(folder)
    assert said(found) == {"a.png": ("a dog", "a pet"), "sub/b.png": ("a cat",)}
    assert problems(found) == {Problem.no_caption: 1, Problem.unusable_entry: 1}


def test_a_list_of_lines_comes_before_text_files_and_these_before_other_json(folder: Path) -> None:
    add(folder, "a.png", "of the text")
    (folder / "settings.json").write_text("{}", encoding="utf-8")
    assert said(find(folder)) == {"a.png": ("of the text",)}
    write_lines(folder, {"file": "a.png", "caption": "of the list"})
    assert said(find(folder)) == {"a.png": ("of the list",)}


def test_pictures_without_a_caption_are_counted_and_the_first_named(folder: Path) -> None:
    add(folder, "z.png", "a dog")
    add(folder, "a.png", " \n")
    for name in ("b.png", "c.png", "d.png"):
        add(folder, name)
    assert str(find(folder).report) == (
        "1 picture with captions; 4 without a caption were left out (a.png, b.png, c.png, ...)."
    )


def test_of_two_pictures_with_one_text_file_the_first_counts(folder: Path) -> None:
    add(folder, "a.png", "a dog")
    add(folder, "a.jpg")
    found = find(folder)
    assert list(said(found)) == ["a.jpg"]
    assert found.report.findings[0].examples == ("a.png: taken for a.jpg",)


def test_of_two_lines_about_one_picture_the_first_counts(folder: Path) -> None:
    add(folder, "a.png")
    again = {"file": "x/../a.png", "caption": "second"}
    write_lines(folder, {"file": "a.png", "caption": "first"}, again)
    found = find(folder)
    assert said(found) == {"a.png": ("first",)}
    assert found.report.findings[0].examples == ("x/../a.png: line 2",)


def test_of_two_images_of_one_id_or_file_the_first_counts(folder: Path) -> None:
    add(folder, "a.png")
    add(folder, "b.png")
    files = ((1, "a.png"), (1, "b.png"), (2, "a.png"))
    images = [{"id": identity, "file_name": file} for identity, file in files]
    notes = [{"image_id": 1, "caption": "a dog"}, {"image_id": 2, "caption": "a cat"}]
    data = {"images": images, "annotations": notes}
    (folder / "captions.json").write_text(json.dumps(data), encoding="utf-8")
    found = find(folder)
    assert said(found) == {"a.png": ("a dog",)}
    assert problems(found) == {Problem.no_caption: 1, Problem.named_twice: 1}


def test_captions_that_are_not_utf8_or_endless_are_left_out(folder: Path) -> None:
    add(folder, "a.png", "a dog")
    add(folder, "b.png", "").with_suffix(".txt").write_bytes(b"K\xe4fer")
    add(folder, "c.png", "x" * (2**20 + 1))
    found = find(folder)
    assert list(said(found)) == ["a.png"]
    assert problems(found) == {Problem.not_utf8: 1, Problem.too_long: 1}


@pytest.mark.parametrize("file", ["gone.png", "sub", "a\0.png", "x" * 300, "loop.png"])
def test_what_is_named_but_not_there_is_left_out(folder: Path, file: str) -> None:
    add(folder, "a.png")
    (folder / "sub").mkdir()
    (folder / "loop.png").symlink_to("loop.png")
    write_lines(folder, {"file": "a.png", "caption": "a"}, {"file": file, "caption": "b"})
    found = find(folder)
    assert list(said(found)) == ["a.png"]
    assert problems(found)[Problem.missing] >= 1


@pytest.mark.parametrize("file", ["../out.png", "{parent}/out.png", "link.png", "down/out.png"])
def test_nothing_outside_the_folder_is_taken(folder: Path, file: str) -> None:
    add(folder, "a.png")
    add(folder.parent, "out.png")
    (folder / "link.png").symlink_to(folder.parent / "out.png")
    (folder / "down").symlink_to(folder.parent)
    outside = {"file": file.format(parent=folder.parent), "caption": "b"}
    write_lines(folder, {"file": "a.png", "caption": "a"}, outside)
    found = find(folder)
    assert list(said(found)) == ["a.png"]
    assert problems(found)[Problem.outside] >= 1


def test_no_caption_is_read_from_outside_the_folder(folder: Path) -> None:
    add(folder, "a.png", "a dog")
    (folder.parent / "secret").write_text("secret", encoding="utf-8")
    add(folder, "b.png").with_suffix(".txt").symlink_to("../secret")
    found = find(folder)
    assert said(found) == {"a.png": ("a dog",)}
    assert problems(found) == {Problem.outside: 1}


def test_no_list_is_read_from_outside_the_folder(folder: Path) -> None:
    add(folder, "a.png")
    write_lines(folder.parent, {"file": "a.png", "caption": "secret"})
    (folder / "captions.jsonl").symlink_to("../captions.jsonl")
    with pytest.raises(UserError, match=r"1 outside the folder was not read \(captions\.jsonl\)"):
        find(folder)


@pytest.mark.parametrize("line", ["{", "[" * 100_000, "3", '{"caption": "b"}', '{"file": 3}'])
def test_lines_that_make_no_sense_are_left_out(folder: Path, line: str) -> None:
    add(folder, "a.png")
    write_lines(folder, line, {"file": "a.png", "caption": "a"})
    found = find(folder)
    assert said(found) == {"a.png": ("a",)}
    assert found.report.findings[0].examples == ("captions.jsonl: line 1",)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("captions.jsonl", b"{}\nK\xe4fer", "captions.jsonl: Line 2 is not UTF-8"),
        ("captions.json", b"{", "captions.json: This is not JSON"),
        ("captions.json", b"[" * 100_000, "captions.json: This is not JSON"),
        ("captions.json", b"[]", "no captions in COCO's form"),
        ("captions.json", b'{"images": [], "annotations": {}}', "no captions in COCO's form"),
    ],
    ids=["utf8", "json", "deep", "list", "part"],
)
def test_a_list_that_cannot_be_read_is_refused(
    folder: Path, name: str, data: bytes, message: str
) -> None:
    add(folder, "a.png")
    (folder / name).write_bytes(data)
    with pytest.raises(UserError, match=message):
        find(folder)


def test_of_several_lists_one_must_be_chosen(folder: Path) -> None:
    add(folder, "a.png")
    for name in ("train.jsonl", "test.jsonl"):
        write_lines(folder, {"file": "a.png", "caption": name}, name=name)
    with pytest.raises(UserError, match=r"test\.jsonl, train\.jsonl.*captions\.jsonl"):
        find(folder)
    (folder / "train.jsonl").rename(folder / "captions.jsonl")
    assert said(find(folder)) == {"a.png": ("train.jsonl",)}


def test_a_folder_must_be_there_and_hold_pictures_with_captions(folder: Path) -> None:
    for place, message in (
        (folder / "gone", "There is no such folder"),
        (add(folder.parent, "a.png"), "This is a file"),
        (folder, "no pictures in this folder"),
    ):
        with pytest.raises(UserError, match=message):
            find(place)
    add(folder, "a.png")
    with pytest.raises(UserError, match=r"No picture has a caption.*\(a\.png\)"):
        find(folder)


def test_a_folder_that_may_not_be_read_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, "a.png", "a dog")

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(MachineError, match=r"own: Cannot be read \(Permission denied\)"):
        find(folder)


def test_names_that_are_no_unicode_are_told_in_ascii(folder: Path) -> None:
    add(folder, "a.png", "a dog")
    add(folder, "b\udce4.png")
    assert str(find(folder).report).endswith(r"was left out (b\udce4.png).")
