"""The words of the demonstration: people, places and ideas that do not exist."""

QUARTIERS = (
    ("Les Tilleuls", True),
    ("La Source", True),
    ("Les Hauts-Vergers", False),
    ("Le Vieux-Moulin", False),
    ("Les Acacias", False),
    ("Centre-Bourg", False),
)
CATEGORIES = (
    "Cadre de vie",
    "Enfance et école",
    "Fêtes et rencontres",
    "Entraide",
    "Culture et loisirs",
    "Santé et alimentation",
)
GIVEN_NAMES = (
    "Amina Fatou Awa Leïla Nadia Sarah Inès Yasmine Aïssata Kadiatou Mariam Elif Zeynep Ayşe "
    "Priya Meena Ana Maria Teresa Sofia Claire Julie Chantal Monique Jacqueline Élodie Camille "
    "Mehmet Emre Ali Karim Rachid Moussa Ibrahima Boubacar Mamadou Samba Arun Kumar João Paulo "
    "Rui Pierre Michel Jean Gérard Thomas Lucas Hugo Nolan Adam Rayan Ousmane"
).split()
FAMILY_NAMES = (
    "Diallo Traoré Camara Coulibaly Sissoko Konaté Benali Haddad Mansouri Cherif Yılmaz Kaya "
    "Demir Şahin Selvam Nadarajah Pereira Ferreira Da-Silva Gomes Martin Bernard Dubois Petit "
    "Durand Leroy Moreau Lambert Girard Rousseau Fontaine Chevalier Marchand Barbier Renard"
).split()

COMITES = (
    (
        "Comité famille",
        "famille",
        "Parents, grands-parents, oncles et tantes : on se retrouve pour inventer ce qui manque "
        "aux familles du quartier.\n\n- Le deuxième mercredi du mois, à 18 h\n- Un goûter pour "
        "les enfants pendant la réunion",
    ),
    (
        "Comité senior",
        "senior",
        "Pour celles et ceux qui ont du temps, de la mémoire et des idées. On y parle de marche, "
        "de café, d’informatique et de tout ce qui rompt l’isolement.",
    ),
    (
        "Comité enfant",
        "enfant",
        "Les enfants proposent et décident entre eux, avec un adulte qui les accompagne. Ici, "
        "chacun ne montre que son prénom.",
    ),
)

PROPOSALS = (
    # title, text, category, comité, quartier, cost, how far it goes
    (
        "Repas des voisins",
        "Une grande table dans la rue, un plat par famille, et de la musique le soir. Chacun "
        "apporte une chaise.\n\nIl faut **bloquer la rue** un samedi et prêter les tables du "
        "centre.",
        "Fêtes et rencontres",
        "famille",
        "La Source",
        600,
        "realised",
    ),
    (
        "Des bancs devant l’école",
        "Les grands-parents attendent debout, les mamans enceintes aussi. Trois bancs à l’ombre "
        "suffiraient.",
        "Cadre de vie",
        "senior",
        "Les Tilleuls",
        2400,
        "under_way",
    ),
    (
        "Un jardin partagé derrière l’école",
        "Le terrain est vide depuis deux ans. Douze familles sont prêtes à s’en occuper. Les "
        "enfants apprendraient à faire pousser des légumes.",
        "Cadre de vie",
        "famille",
        "La Source",
        1800,
        "adopted",
    ),
    (
        "Ciné plein air au parc",
        "Un film sous les étoiles, un soir d’août, avec des plaids et du pop-corn.",
        "Culture et loisirs",
        "famille",
        "Les Hauts-Vergers",
        1500,
        "voting",
    ),
    (
        "Bourse aux vêtements d’enfants",
        "Les enfants grandissent vite. On échange, on donne, on revend à petit prix, deux fois "
        "par an.",
        "Entraide",
        "famille",
        "Centre-Bourg",
        200,
        "voting",
    ),
    (
        "Repair café du samedi",
        "Réparer ensemble au lieu de jeter : grille-pain, vélos, ourlets. Deux retraités "
        "bricoleurs sont déjà partants.",
        "Entraide",
        "senior",
        "Le Vieux-Moulin",
        350,
        "gathering",
    ),
    (
        "Départ collectif à la mer",
        "Une journée en car pour soixante personnes. Beaucoup d’enfants n’ont jamais vu la mer.",
        "Fêtes et rencontres",
        "famille",
        "Les Tilleuls",
        3200,
        "voting",
    ),
    (
        "Boîte à livres sur la place",
        "On prend un livre, on en laisse un autre. Dans plusieurs langues.",
        "Culture et loisirs",
        None,
        "Centre-Bourg",
        150,
        "gathering",
    ),
    (
        "Marche douce du jeudi",
        "Quarante minutes, à petits pas, et un café au retour. Pour celles et ceux qui n’osent "
        "plus sortir seuls.",
        "Santé et alimentation",
        "senior",
        "Les Acacias",
        0,
        "realised",
    ),
    (
        "Goûter philo",
        "Pourquoi on se dispute ? C’est quoi être grand ? On en parle entre nous, avec des "
        "gâteaux.",
        "Enfance et école",
        "enfant",
        "La Source",
        80,
        "gathering",
    ),
    (
        "Cuisine du monde",
        "Chaque mois, une famille apprend aux autres un plat de chez elle.",
        "Santé et alimentation",
        "famille",
        "Les Tilleuls",
        400,
        "not_adopted",
    ),
    (
        "Nettoyage citoyen des berges",
        "Une matinée avec des gants et des sacs. La Ville vient chercher ce qu’on ramasse.",
        "Cadre de vie",
        None,
        "Le Vieux-Moulin",
        100,
        "adopted",
    ),
    (
        "Un barbecue sur le toit du centre",
        "La vue y est très belle.",
        "Fêtes et rencontres",
        None,
        "Centre-Bourg",
        900,
        "refused",
    ),
    (
        "Des bancs près de la sortie de l’école",
        "On attend longtemps le soir. Il faudrait s’asseoir.",
        "Cadre de vie",
        "famille",
        "Les Tilleuls",
        None,
        "merged",
    ),
    (
        "Un tournoi de pétanque",
        "Sur le terrain du bas, en juin.",
        "Culture et loisirs",
        "senior",
        "Les Acacias",
        50,
        "withdrawn",
    ),
    (
        "Aide aux papiers en plusieurs langues",
        "Pour remplir un dossier quand on lit mal le français. Dite à l’accueil par un voisin.",
        "Entraide",
        None,
        "La Source",
        0,
        "submitted",
    ),
    (
        "Cabane à jeux dans le hall",
        "Des jeux de société à emprunter le week-end.",
        "Enfance et école",
        "enfant",
        "Les Hauts-Vergers",
        250,
        "draft",
    ),
)

COMMENTS = (
    "Très bonne idée. Je peux aider le samedi matin.",
    "Est-ce que les enfants pourront venir ?",
    "Il faudrait aussi un coin à l’ombre.",
    "Ma voisine a une camionnette, on peut s’en servir.",
    "Je suis pour, à condition que cela finisse avant 22 h.",
    "On l’a déjà fait il y a dix ans, c’était formidable.",
)

UNKIND = (
    "Encore une idée de gens qui n’ont rien compris. Taisez-vous.",
    "Canapés et bancs à prix cassé, livraison gratuite : écrivez-moi.",
)
WONDERING = (
    "Comment décorer la cour ?",
    "Dites vos idées : un adulte les lit, puis elles paraissent.",
)
WONDERED = "On pourrait peindre une marelle et des planètes par terre !"
