"""Qt widgets only: draws, listens, calls desk."""

from ui.look import first_thing

first_thing.do()
