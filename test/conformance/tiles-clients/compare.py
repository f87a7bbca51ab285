"""Whether a client's picture is the map, in its place and without seams."""
import os

import numpy

from pictures import save_picture

# Grey levels, mean of all pixels and bands: what encodings and the clients' own drawing may change.
MOST_DIFFERENT = 1.5
# How much less a picture may differ from the map when shifted by a pixel than where it is.
SHIFTS = [(dx, dy) for dx in (-2, -1, 0, 1, 2) for dy in (-2, -1, 0, 1, 2)]
# Along the edges of tiles, of what it is on average.
MOST_AT_SEAMS = 3


class Report:
    def __init__(self, folder):
        self.folder, self.failures, self.count = folder, 0, 0

    def note(self, what, right, detail=""):
        self.count += 1
        self.failures += 0 if right else 1
        print(f"{'ok    ' if right else 'FAILED'} {what}{'' if detail == '' else f' ({detail})'}", flush=True)

    def attempt(self, what, work):
        """What raises has failed."""
        try:
            work()
        except Exception as error:  # whatever a client may throw
            self.note(what, False, f"{type(error).__name__}: {error}")

    def compare(self, what, picture, expected, seams=((), ()), most=MOST_DIFFERENT):
        name = what.replace(" ", "-").replace(",", "").lower()
        save_picture(picture, os.path.join(self.folder, f"{name}.png"))
        if picture.shape != expected.shape:
            self.note(what, False, f"{picture.shape} instead of {expected.shape}")
            return
        if expected[..., 3].mean() < 25 or expected[..., :3].std() < 10:
            self.note(what, False, "the map itself is empty: nothing is compared")
            return
        wrong = differences(picture, expected)
        shifts = {shift: shifted(picture, expected, shift) for shift in SHIFTS}
        best = min(shifts, key=shifts.get)
        at_seams = seam_difference(wrong, seams)
        right = wrong.mean() <= most and best == (0, 0) and at_seams <= max(MOST_AT_SEAMS * wrong.mean(), 1)
        self.note(what, right, f"differs by {wrong.mean():.2f}, best at shift {best}, {at_seams:.2f} at seams")

    def finish(self):
        print(f"{self.count - self.failures} of {self.count} right; pictures in {self.folder}")
        return 0 if self.failures == 0 else 1


def differences(one, other):
    """By pixel; where both show nothing their colours do not count."""
    seen = numpy.maximum(one[..., 3], other[..., 3])[..., None] > 0
    return (numpy.abs(one - other) * seen).mean(axis=2)


def shifted(picture, expected, shift):
    dx, dy = shift
    height, width, _ = picture.shape
    inner = (slice(2, height - 2), slice(2, width - 2))
    moved = (slice(2 + dy, height - 2 + dy), slice(2 + dx, width - 2 + dx))
    return differences(picture[moved], expected[inner]).mean()


def seam_difference(wrong, seams):
    columns, rows = seams
    parts = [wrong[:, x - 1 : x + 1] for x in columns] + [wrong[y - 1 : y + 1, :] for y in rows]
    return max((part.mean() for part in parts), default=0)
