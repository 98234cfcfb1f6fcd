"""Run the studio with `python -m t2i_studio`."""

from t2i_studio.cli.main import run

if __name__ == "__main__":
    run()
