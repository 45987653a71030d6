"""Fictional partners of the demonstration centre, what they sign with it, and social schemes."""

PARTNERS = (
    # name, kind, purpose, missions, publics, quartiers, phone, contact (name, role)
    (
        "Mission locale du Canal",
        "emploi",
        "Accompagne les 16-25 ans vers un emploi ou une formation.",
        ("Emploi et formation",),
        ("jeunes",),
        (),
        "01 00 00 01 01",
        ("Sabrina Lenoir", "Conseillère"),
    ),
    (
        "Caisse d’allocations familiales, agence de la Source",
        "institution",
        "Renseigne sur les aides aux familles et au logement.",
        ("Accès aux droits", "Logement"),
        ("familles", "adultes"),
        (),
        "3230",
        ("Paul Mercier", "Référent du territoire"),
    ),
    (
        "Habitat des Rives",
        "bailleur",
        "Gère 1 200 logements et entretient les halls et les cours.",
        ("Logement", "Cadre de vie"),
        ("tous",),
        (0, 1),
        "01 00 00 01 03",
        ("Nadège Rolland", "Responsable de secteur"),
    ),
    (
        "École élémentaire des Tilleuls",
        "ecole",
        "Accueille 240 élèves, et leurs parents autour d’un café le vendredi.",
        ("Scolarité", "Parentalité"),
        ("enfants", "familles"),
        (0,),
        "01 00 00 01 04",
        None,
    ),
    (
        "Maison de santé du Parc",
        "sante",
        "Six soignants, un infirmier qui vient au centre une fois par mois.",
        ("Santé et prévention",),
        ("familles", "seniors"),
        (),
        "01 00 00 01 05",
        ("Dr Hélène Aubry", "Médecin"),
    ),
    (
        "Des mots pour tous",
        "association",
        "Ateliers pour apprendre le français, à l’oral et à l’écrit.",
        ("Apprendre le français", "Démarches en ligne"),
        ("adultes",),
        (),
        "01 00 00 01 06",
        ("Jorge Pinto", "Formateur"),
    ),
    (
        "Service jeunesse de la Ville",
        "ville",
        "Séjours, sport en bas des immeubles, aide aux projets des jeunes.",
        ("Loisirs, sport et culture", "Emploi et formation"),
        ("jeunes", "enfants"),
        (),
        "01 00 00 01 07",
        None,
    ),
    (
        "L’Épicerie du coin",
        "association",
        "Des courses à petit prix, et un atelier de cuisine le mercredi.",
        ("Solidarité et aide alimentaire", "Santé et prévention"),
        ("familles",),
        (1,),
        "01 00 00 01 08",
        ("Monique Faure", "Présidente"),
    ),
)

CONVENTIONS = (
    # partner, title, first and last day in days from today, signed by
    (0, "Permanence emploi au centre", -700, 400, "la directrice et la présidente"),
    (
        5,
        "Prêt de la salle pour les ateliers de français",
        -320,
        45,
        "la directrice et le formateur",
    ),
    (2, "Fleurir les cours", -366, -1, "la directrice et le bailleur"),
)

SCHEMES = (
    # title, audience, text, where to go, first and last day in days from today
    (
        "Aide aux vacances en famille",
        "Les familles qui reçoivent des allocations, selon leurs revenus",
        "Une partie du séjour est payée :\n\n- un camping ou un village de vacances en France ;\n"
        "- une semaine au moins, pendant les vacances scolaires.",
        "À l’accueil du centre, avec votre dernier avis de paiement.",
        -60,
        200,
    ),
    (
        "Chèque sport de la rentrée",
        "Les enfants de 6 à 17 ans",
        "Cinquante euros de moins sur l’inscription dans un club.",
        "Au club, le jour de l’inscription.",
        -300,
        -20,
    ),
)

SENT = (
    # partner, reason of `partners.words`, days ago, age band's place, quartier's place
    (0, "emploi", 3, 2, 0),
    (0, "emploi", 11, 2, None),
    (1, "droits", 6, 3, 1),
    (1, "logement", 20, None, None),
    (1, "droits", 34, 3, 0),
    (4, "sante", 9, None, 0),
    (5, "langue", 15, 3, 1),
    (5, "langue", 40, 3, None),
    (5, "numerique", 52, 4, 0),
    (7, "alimentation", 2, None, 1),
)
