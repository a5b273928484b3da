from ui.cli.seat import Seat


def run(seat: Seat) -> int:
    return 0
