"""GB/T 39046-2020 《政务服务平台基础数据规范》: its tables, and what we hold as their rows. Pure."""
