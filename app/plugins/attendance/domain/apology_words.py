"""By which words people say that they are late, cannot come, or send somebody: plain tables, in five languages.

Compared in small letters without accents. A word alone never decides against another: what fits two answers stays open.
"""

LATE = (
    # English
    r"(?:running|be|am|i'm|im|bit|min|mins|minutes?|little|arrive|arriving|come|coming|probably|there) late(?:r)?",
    r"late(?:r)? (?:today|this morning|for the meeting|tomorrow)",
    r"\d+ ?(?:min|mins|minutes?|m) late",
    r"delayed",
    r"stuck (?:in|at|on|behind)",
    r"stuck",
    r"overslept",
    r"held up",
    r"(?:will|i'll) be there (?:at|by|around|in)",
    # German
    r"verspat\w*",
    r"(?:komme?n?|bin|wird|werde|etwas|paar minuten|\d+ ?min\w*) spater",
    r"spater da",
    r"(?:steh\w*|stecke?) im stau",
    r"zu spat",
    r"verschlafen",
    # Spanish
    r"llego tarde",
    r"llegar\w* (?:\w+ )?tarde",
    r"(?:voy|vamos) (?:con retraso|tarde)",
    r"retraso",
    r"me retraso",
    r"atasc\w*",
    # French
    r"en retard",
    r"retard de",
    r"du retard",
    r"retarde\w?",
    r"embouteillages?",
    r"bouchons?",
    r"j'arrive (?:vers|dans|plus tard)",
    # Portuguese
    r"atras\w+",
    r"chego tarde",
    r"chegar\w* (?:\w+ )?tarde",
    r"chego (?:as|mais tarde)",
    r"presa? no transito",
    r"preso no transito",
)

APOLOGIES = (
    # English
    r"can(?:no|')?t (?:\w+ ){0,2}(?:come|make|attend|join|be there|today|tomorrow)", r"can not (?:\w+ )?(?:come|make|attend|join)",
    r"cannot", r"won't (?:be (?:able|there|coming|in)|make|come|attend|join)", r"wont (?:be|make|come)", r"will not (?:be|make|come|attend)",
    r"(?:not|unable to) (?:coming|come|make it|attend|attending|able)", r"am (?:sick|ill|unwell)", r"i'm (?:sick|ill|unwell|out)",
    r"apologies for (?:today|tomorrow|the meeting|not)", r"have to (?:miss|skip|cancel|pass)", r"(?:must|need to) (?:miss|skip|cancel)",
    r"give my apologies", r"my apologies for", r"count me out", r"have to drop out",
    # German
    r"kann (?:\w+ ){0,4}nicht", r"kann (?:\w+ ){0,3}leider nicht", r"schaff\w* es (?:\w+ ){0,3}nicht", r"komme (?:\w+ ){0,3}nicht",
    r"bin (?:\w+ ){0,2}krank", r"krank", r"(?:muss|mochte) (?:\w+ ){0,3}(?:absagen|fehlen|passen)", r"entschuldig\w* mich", r"verhindert",
    r"bin (?:\w+ ){0,2}nicht dabei",
    # Spanish
    r"no (?:\w+ )?(?:puedo|podre|voy a poder|llego a|asistire|ire|voy)", r"estoy (?:enferm\w|mal|malo)", r"enferm[oa]",
    r"no (?:estare|vengo|asisto|cuenten conmigo)",
    # French
    r"(?:ne )?(?:peux|pourrai|serai|viens|viendrai|pourrais) pas", r"suis (?:\w+ )?malade", r"malade", r"empeche\w?", r"dois annuler",
    r"serai absent\w?", r"indisponible",
    # Portuguese
    r"nao (?:\w+ )?(?:posso|poderei|consigo|vou|irei|estarei|venho|conseguirei|da para)", r"estou (?:\w+ )?doente", r"doente",
    r"vou faltar", r"tenho de faltar", r"falto hoje", r"impedid[oa]",
)  # fmt: skip

DENIED = (
    r"not (?:be |running |too |going to be )?late", r"won't be late", r"nicht (?:zu )?spat\w*", r"keine verspatung", r"sin retraso",
    r"pas en retard", r"sem atraso", r"nao (?:\w+ )?atras\w+", r"no (?:\w+ )?tarde", r"not (?:sick|ill|stuck|delayed)", r"nicht krank",
)  # fmt: skip
"""What looks like an answer and says the contrary: the message stays open."""

SENDS = (
    # Behind these words stands the name of who comes.
    r"(?:sub|substitute|stand-in|replacement)(?: today| tomorrow)?(?: will be| is|:| -)?", r"(?:sending|send|sends|i'm sending|bringing in)",
    r"(?:represented|replaced|covered) by", r"instead of me(?: comes|:)?", r"in my place(?: comes|:)?",
    r"(?:schicke|sende|entsende)(?: heute| morgen| euch)?", r"(?:vertretung|ersatz|vertreter|vertreterin)(?: ist| macht| kommt|:| durch| heute)*",
    r"vertreten durch", r"(?:fur mich kommt|statt mir kommt|an meiner stelle kommt|es kommt)", r"mich vertritt",
    r"(?:mando|envio|enviare|mandare) a", r"(?:sustitut[oa]|suplente)(?: es| sera|:)?", r"en mi lugar (?:va|ira|viene|vendra)", r"me sustituye",
    r"(?:j'envoie|envoie|j'enverrai)", r"(?:remplacant\w?|suppleant\w?)(?: est| sera|:)?", r"(?:remplacee?|representee?) par", r"me remplace",
    r"(?:mando|envio|mandarei|enviarei) (?:o|a)", r"(?:substitut[oa]|suplente)(?: e| sera|:)?", r"(?:em|no) meu lugar (?:vai|vem|ira|vira)(?: o| a)?",
    r"(?:substituido|substituida|representado|representada) p(?:or|elo|ela)", r"vai por mim (?:o|a)",
)  # fmt: skip

STANDS_IN = (
    # Before these words stands the name of who comes.
    r"(?:will |is |are )?(?:come|comes|coming|attend|attends|go|goes|going|stand|standing|step|stepping|fill|filling|sit|sitting)(?: in)? (?:for me|instead of me|in my place|instead)",
    r"(?:will |is )?(?:sub|subs|subbing|covering|covers|cover|substitute|substituting|replacing|replace|replaces|representing) (?:for )?me",
    r"is my (?:sub|substitute|stand-in|replacement)", r"(?:will )?takes? my place", r"(?:is |will be )?in my place",
    r"(?:kommt|geht|springt|ist)(?: heute| morgen)? (?:fur mich|statt mir|an meiner stelle)(?: ein)?", r"vertritt mich", r"(?:ist|macht) (?:meine|die) vertretung",
    r"(?:viene|va|ira|vendra|asiste|asistira) (?:por mi|en mi lugar)", r"me (?:sustituye|sustituira|reemplaza|representa)", r"es mi (?:sustitut[oa]|suplente)",
    r"(?:vient|viendra|sera|ira) (?:a ma place|pour moi)", r"me (?:remplace|remplacera|represente)", r"est (?:mon|ma) (?:remplacant\w?|suppleant\w?)",
    r"(?:vai|vem|ira|vira|estara) (?:por mim|em meu lugar|no meu lugar)", r"(?:em|no) meu lugar", r"(?:substitui|representa|substituira)-me", r"me (?:substitui|representa|substituira)",
    r"e (?:o meu|a minha|meu|minha) (?:substitut[oa]|suplente)",
)  # fmt: skip
