from t2i_studio.training.report import Findings, Problem, Report


def test_what_was_left_out_is_told_in_one_line() -> None:
    findings = Findings()
    for name in ("a.png", "b.png", "c.png"):
        findings.add(Problem.no_caption, name)
    findings.add(Problem.broken, "d.png: damaged\n")
    report = findings.report(1412)
    assert str(report) == (
        "1,412 pictures with captions; "
        "3 without a caption were left out (a.png, b.png, c.png); "
        "1 that cannot be read was left out (d.png: damaged)."
    )
    assert (report.count(Problem.no_caption), report.count(Problem.missing)) == (3, 0)


def test_a_folder_without_problems_is_told_in_few_words() -> None:
    assert str(Report(1)) == "1 picture with captions."
