"""The words of the demonstration: associations, actions, collectifs and meetings."""

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
APPROVED = "Approuvé par écrit par les membres."

MINUTES = (
    "## Ce que nous avons dit\n\n{agenda}\n\nLes échanges ont été vifs et bienveillants. Chacun a "
    "pu parler.\n\n## Ce que nous faisons maintenant\n\n- Prévenir les personnes concernées\n- En "
    "reparler à la prochaine réunion\n"
)
