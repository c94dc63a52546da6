"""The interview page: one screen of questions, answered by keys, each answer stored when it is given."""
