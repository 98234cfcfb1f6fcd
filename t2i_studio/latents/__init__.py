"""Operations on embeddings and x_T, written once for every system of models that has them."""
