from t2i_studio.training.identity import identities


def test_pictures_that_share_a_caption_share_their_identity() -> None:
    captions = [("a dog", "a pet"), ("a cat",), ("A pet.", "my  hamster"), ("my hamster",), ("🐶",)]
    keys = identities(captions).tolist()
    assert keys[0] == keys[2] == keys[3]
    assert len(set(keys)) == 3


def test_identities_do_not_depend_on_what_else_is_there() -> None:
    alone, among = identities([("a dog",)]), identities([("a cat",), ("a dog",), ("🐶",)])
    assert alone[0] == among[1]


def test_signs_without_words_tell_pictures_apart() -> None:
    assert len(set(identities([("🐶",), ("🐱",), ("!",)]).tolist())) == 3
