"""What judges calls: findings that other code or another tone model made are kept no longer."""

from hashlib import sha256

from speechqa.matching.code import code_digest
from speechqa.tone.model_file import digest


def judged_by() -> str:
    """Changes whenever the same words and the same rule could give another finding; hex."""
    return sha256(f"{code_digest()} {digest()}".encode()).hexdigest()
