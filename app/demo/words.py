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

ASSOCIATIONS = (
    # name, family, purpose
    ("Les Mains Vertes de la Source", "024", "Jardiner ensemble et faire aimer les plantes."),
    ("Amicale des locataires des Tilleuls", "032", "Défendre et réunir les locataires."),
    ("Accueil et Langues", "015", "Des cours de français donnés par des voisins."),
    ("Club des Marcheurs", "011", "Marcher chaque semaine, à son rythme."),
    ("La Grande Tablée", "014", "Des repas partagés et de l’entraide."),
    ("Ensemble pour l’école", "015", "Les parents d’élèves du territoire."),
    ("Chœur des Vergers", "006", "Chanter à plusieurs voix, sans savoir lire la musique."),
    ("Théâtre du Hall", "006", "Une troupe d’habitants."),
    ("Réparer c’est gagné", "024", "Un atelier de réparation ouvert à tous."),
    ("Jeunesse en mouvement", "011", "Football, danse et sorties."),
    ("Solidarité Vieux-Moulin", "020", "Une aide discrète aux familles en difficulté."),
    ("Les Doyens", "021", "Rompre la solitude des aînés."),
    ("Femmes d’ici et d’ailleurs", "009", "Un lieu de parole et d’initiatives."),
    ("Code et Clavier", "030", "L’aide numérique pour débuter."),
    ("Couleurs du monde", "006", "Les cultures du quartier en fête."),
    ("Petits Pas", "021", "Un lieu d’accueil pour enfants et parents."),
    ("Vélo pour tous", "024", "Apprendre à rouler et à réparer."),
    ("Mémoire du bourg", "010", "Raconter et garder l’histoire du lieu."),
    ("Santé Quartiers", "017", "Prévenir, informer, accompagner."),
    ("Écoute et Médiation", "003", "Aider les voisins à se parler."),
)
MORE_ASSOCIATIONS = (
    ("Boxe {}", "011", "La boxe loisir, filles et garçons."),
    ("Ludothèque {}", "007", "Jouer en famille."),
    ("Coup de pouce {}", "014", "De petits services entre voisins."),
    ("Atelier couture {}", "006", "Apprendre à coudre et à créer."),
)
PLACES = ("des Tilleuls", "de la Source", "des Vergers", "du Moulin", "des Acacias")

ACTIONS = (
    # title, kind, offsite, quartier, place, lead, sessions, people, volunteers, head-count
    (
        "Sortie d’école en fête",
        "animation_quartier",
        True,
        "La Source",
        "Devant l’école",
        8,
        7,
        3,
        60,
    ),
    (
        "Café au pied des tours",
        "animation_quartier",
        True,
        "Les Tilleuls",
        "Place basse",
        8,
        6,
        2,
        35,
    ),
    ("Le goûter du parc", "animation_quartier", True, "Les Hauts-Vergers", "Parc", 5, 8, 3, 45),
    ("Fête de quartier", "fete_quartier", True, "Le Vieux-Moulin", "Les berges", 1, 30, 12, 420),
    ("Fête des Acacias", "fete_quartier", True, "Les Acacias", "La place", 1, 22, 9, 260),
    ("Mercredis enfants", "activite", False, None, "Salle des enfants", 12, 9, 2, None),
    ("Atelier cuisine", "activite", False, None, "La cuisine", 7, 8, 1, None),
    ("Café des seniors", "activite", False, None, "Le foyer", 8, 10, 2, None),
    ("Aide numérique", "service", False, None, "Salle informatique", 6, 5, 1, None),
    (
        "Le centre social, c’est quoi ?",
        "presentation_concept",
        False,
        None,
        "Le hall",
        3,
        12,
        0,
        25,
    ),
    ("Café des associations", "rencontre_associations", False, None, "Grande salle", 2, 8, 0, None),
)
COLLECTIFS = (
    ("Les Couturières du jeudi", "Coudre ensemble et réparer pour le quartier.", "La Source"),
    ("Parents du square", "Faire vivre le square après l’école.", "Les Tilleuls"),
    ("Les Lecteurs à voix haute", "Lire aux plus petits et aux plus âgés.", "Centre-Bourg"),
)
MEETINGS = (
    # body, title, agenda, decisions (title, outcome, reason)
    (
        "conseil",
        "Conseil de maison",
        ("Accueil des nouveaux membres", "Budget des fêtes", "Horaires d’été"),
        (("Ouvrir le centre un samedi par mois", "valide", None),),
    ),
    (
        "conseil",
        "Conseil de maison",
        ("Des bancs devant l’école", "Bilan de l’aide numérique"),
        (
            ("Des bancs devant l’école", "transmis", None),
            ("Prolonger l’aide numérique", "adopte", None),
        ),
    ),
    (
        "conseil",
        "Conseil de maison",
        ("Repas des voisins", "Un barbecue sur le toit"),
        (
            ("Prêter les tables pour le repas des voisins", "realise", None),
            ("Barbecue sur le toit", "refuse", "Le toit n’est pas ouvert au public."),
        ),
    ),
    (
        "conseil",
        "Conseil de maison",
        ("Départ à la mer", "Préparer la fête de quartier"),
        (("Demander deux cars à la Ville", "transmis", None),),
    ),
    ("famille", "Comité famille", ("Le jardin partagé", "La sortie d’été"), ()),
    (
        "famille",
        "Comité famille",
        ("Bourse aux vêtements", "Qui fait quoi ?"),
        (("Tenir la bourse en mars et en octobre", "avis", None),),
    ),
    ("famille", "Comité famille", ("Repas des voisins : le bilan",), ()),
    ("senior", "Comité senior", ("La marche du jeudi", "Les bancs"), ()),
    (
        "senior",
        "Comité senior",
        ("Repair café", "Le café des seniors"),
        (("Acheter un thermos de dix litres", "adopte", None),),
    ),
    ("enfant", "Comité enfant", ("Nos idées", "Le goûter philo"), ()),
)
MINUTES = (
    "## Ce que nous avons dit\n\n{agenda}\n\nLes échanges ont été vifs et bienveillants. Chacun a "
    "pu parler.\n\n## Ce que nous faisons maintenant\n\n- Prévenir les personnes concernées\n- En "
    "reparler à la prochaine réunion\n"
)
