"""Posts 岗位 of a body and how a case walks through them: what the entries about it carry."""
