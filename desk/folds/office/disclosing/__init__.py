"""Requests for disclosure 依申请公开: what they are, their days, the ways to answer, what each step demands."""
