"""The people of the first Tuesday: the list as it lies in the leader's mailbox, and what it means, written down by hand."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person of the group, with the address that reaches them."""

    name: str
    email: str


LEADER: Final = Somebody(name="Inês Carvalho", email="ines@carvalho.example")
ANA: Final = Somebody(name="Ana Sousa", email="ana@sousa.example")
BRUNO: Final = Somebody(name="Bruno Reis", email="bruno.reis@reis.example")
CARLA: Final = Somebody(name="Carla Dias", email="carla@dias.example")
DIOGO: Final = Somebody(name="Diogo Pinto", email="diogo@pinto.example")
EVA: Final = Somebody(name="Eva Lima", email="eva.lima@gmail.com")
FILIPE: Final = Somebody(name="Filipe Moura", email="filipe@moura.example")
GIL: Final = Somebody(name="Gil Torres", email="gil@torres.example")
HELENA: Final = Somebody(name="Helena Ferreira", email="helena.ferreira@ferreira.example")
IVO: Final = Somebody(name="Ivo Matos", email="ivo@matos.pt")
KEVIN: Final = Somebody(name="Kevin O'Brien-Østergård", email="kevin@obrien.example")
NUNO: Final = Somebody(name="Nuno Prata", email="nuno@prata.example")
OLGA: Final = Somebody(name="Olga Ramos", email="olga@ramos.example")
TIAGO: Final = Somebody(name="Tiago Alves", email="tiago.alves@alves.example")
YARA: Final = Somebody(name="Yara Nobre", email="yara@nobre.example")
"""Who joins on the Tuesday itself."""

UNKNOWN_TO_THE_MAIL_SERVER: Final = "helena.ferreira@ferriera.example"

PASTED: Final = f"""Name, E-mail
1. Ana Sousa <ana@sousa.example>
"Bruno Reis" <bruno.reis@reis.example>;
Carla Dias, carla@dias.example
Diogo Pinto\tdiogo@pinto.example
• Eva Lima eva.lima@gmial.com
Filipe Moura (filipe@moura.example)
Torres, Gil <gil@torres.example>
{UNKNOWN_TO_THE_MAIL_SERVER}
Ivo Matos ivo@matos,pt
Joana Cruz <joana@cruz.example>, Kevin O'Brien-Østergård <kevin@obrien.example>
   Luísa Gama mailto:luisa@gama.example

mario.neves@neves.example
Nuno Prata <nuno@prata.example>
ana@sousa.example
Olga Ramos olga@ramos
Paulo Serra <paulo@serra.example>
Rita Vaz - rita@vaz.example
Carla Dias <carla.dias@work.example>
Sofia Telles <sofia@telles.example>
tiago.alves (at) alves.example
Vera Luz <vera@luz.example>
Xavier Brito <xavier@brito.example>
BRUNO.REIS@REIS.EXAMPLE
Zita Faria zita@faria.example"""
"""Twenty-five addresses: two stand twice, one person has two, and five are not as they should be."""

TAPPED_BY_THE_STEWARD: Final = (
    LEADER.name,
    HELENA.name,
    IVO.name,
    "Joana Cruz",
    KEVIN.name,
    "Luísa Gama",
    "Mario Neves",
    YARA.name,
)
ABSENT: Final = (
    GIL.name,
    NUNO.name,
    OLGA.name,
    "Paulo Serra",
    "Rita Vaz",
    "Sofia Telles",
    TIAGO.name,
    "Vera Luz",
    "Xavier Brito",
    "Zita Faria",
)
PRESENT: Final = (*TAPPED_BY_THE_STEWARD, ANA.name, BRUNO.name, CARLA.name, DIOGO.name)
"""On time; with Eva, who comes late, and Filipe's substitute there are fourteen people in the room."""

STANDS_IN: Final = "Rita Lopes"
MEMBERS_ON_SUNDAY: Final = 23
"""The founder, and the twenty-two people behind the twenty-five addresses."""
