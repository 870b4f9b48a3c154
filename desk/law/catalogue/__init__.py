"""The catalogue of items 事项目录: what may be handled, under which law, with which papers, until when."""
