"""Marks: which a recogniser misread, lost or saw in dust, and what stands for which."""
