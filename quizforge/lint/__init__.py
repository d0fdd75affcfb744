"""The reviewer: rules that find item-writing flaws in questions, and faults of whole banks and exams."""
