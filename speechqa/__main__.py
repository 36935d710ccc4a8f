"""`python -m speechqa`."""

from speechqa.cli import main

if __name__ == "__main__":
    main()
