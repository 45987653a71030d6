"""Files of elections in the formats that other tools write."""

from app.voting.formats import FORMATS
from app.voting.formats.base import Election
from app.voting.methods.base import Holds

# The README of abiftool (electorama), from Wikipedia's example.
TENNESSEE = """{"title": "Capitale"}
# Distances à vol d'oiseau
=Memph:[Memphis, TN]
=Nash:[Nashville, TN]
=Chat:[Chattanooga, TN]
=Knox:[Knoxville, TN]
42:Memph/5>Nash/2>Chat/1>Knox/0
26:Nash/5>Chat/3>Knox/2>Memph/0
15:Chat/5>Knox/3>Nash/2>Memph/0
17:Knox/5>Chat/3>Nash/1>Memph/0
"""
TOI = """# FILE NAME: essai.toi
# TITLE: Essai
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: Ana
# ALTERNATIVE NAME 2: Bo
# ALTERNATIVE NAME 3: Chloé
# ALTERNATIVE NAME 4: Dan
4: 1,{2,3}
2: 4
"""
OLD_SOC = "3\n1,Ana\n2,Bo\n3,Chloé\n5,5,2\n3,1,2,3\n2,3,1,2\n"
BLT = """4 2  # quatre candidats, deux sièges
-2
3 1 3 4 0
2 4 1 3 0
1 2 0
(carte 12) 1 3 0
1 1 - 4=3 0
1 0
0
"Adam"
"Basile"
"Charlotte"
"Donald"
"Club de jardinage"
"""
# The simple example of the format's own description, with Windows line ends.
PB = """META\r
key; value\r
description; Municipal PB in Wieliczka\r
country; Poland\r
unit; Wieliczka\r
instance; 2020\r
num_projects; 5\r
num_votes; 10\r
budget; 2500\r
vote_type; approval\r
rule; greedy\r
date_begin; 16.09.2023\r
date_end; 04.10.2023\r
PROJECTS\r
project_id; cost; category\r
7; 1200; education\r
1; 600; "culture; education"\r
2; 800; sport\r
4; 1400; culture\r
5; 1000; health, sport\r
VOTES\r
voter_id; age; sex; vote\r
1; 34; f; 1,2,4\r
2; 51; m; 1,2\r
3; 23; m; 2,4,5\r
4; 19; f; 5,7\r
5; 62; f; 1,4,7\r
6; 54; m; 1,7\r
7; 49; m; 5\r
8; 27; f; 4\r
9; 39; f; 2,4,5\r
10; 44; m; 4,5\r
"""


def read(key: str, text: str, holds: Holds) -> Election:
    return FORMATS[key].read(text, holds)
