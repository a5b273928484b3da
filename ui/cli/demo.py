from ui.cli.seat import Seat


def play(seat: Seat) -> int:
    return 0
