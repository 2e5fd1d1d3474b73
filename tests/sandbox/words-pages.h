/* SPDX-License-Identifier: MIT */
/* Read by words.h and words.c: what every page says, sign-in, terms of sale, messages. */
/* clang-format off */

WORD (BANNER,
  "SANDBOX: prices are fiction.",
  "Environnement de test : prix fictifs.",
  "Testomgeving: de prijzen zijn fictief.",
  "Testumgebung: fiktive Preise.")
WORD (BANNER_MORE,
  "Nothing here is bought, and no card is charged.",
  "Rien n’est acheté et aucune carte n’est débitée.",
  "U koopt hier niets en er wordt niets aangerekend.",
  "Hier wird nichts gekauft und keine Karte belastet.")
WORD (PAGE_TITLE,
  "{title} - TTecomm sandbox",
  "{title} - TTecomm sandbox",
  "{title} - TTecomm sandbox",
  "{title} - TTecomm sandbox")
WORD (ERROR_TITLE,
  "Error: {title} - TTecomm sandbox",
  "Erreur : {title} - TTecomm sandbox",
  "Fout: {title} - TTecomm sandbox",
  "Fehler: {title} - TTecomm sandbox")
WORD (PROBLEM,
  "There is a problem",
  "Un problème est survenu",
  "Er is een probleem",
  "Es gibt ein Problem")
WORD (LANGUAGE,
  "Language",
  "Langue",
  "Taal",
  "Sprache")
WORD (CANCEL,
  "Cancel",
  "Annuler",
  "Annuleren",
  "Abbrechen")
WORD (DETAIL,
  "Technical detail:",
  "Détail technique :",
  "Technisch detail:",
  "Technische Angabe:")
WORD (CLOSE_PAGE,
  "You can close this page.",
  "Vous pouvez fermer cette page.",
  "U mag deze pagina sluiten.",
  "Sie können diese Seite schließen.")
WORD (BACK_TO_PROSOFT,
  "You can close this page and go back to PROSOFT.",
  "Vous pouvez fermer cette page et retourner dans PROSOFT.",
  "U mag deze pagina sluiten en teruggaan naar PROSOFT.",
  "Sie können diese Seite schließen und zu PROSOFT zurückkehren.")
WORD (START_AGAIN,
  "The address may be cut off. Start again from PROSOFT.",
  "L’adresse est peut-être incomplète. Recommencez depuis PROSOFT.",
  "Het adres is misschien onvolledig. Begin opnieuw vanuit PROSOFT.",
  "Die Adresse ist vielleicht unvollständig. Beginnen Sie in PROSOFT von vorn.")

WORD (HOME_TITLE,
  "TTecomm sandbox",
  "TTecomm sandbox",
  "TTecomm sandbox",
  "TTecomm sandbox")
WORD (HOME_TEXT,
  "A shop to try things out in. Subscriptions are bought from PROSOFT; here you see and change those you pay for.",
  "Une boutique pour faire des essais. Les abonnements s’achètent depuis PROSOFT ; vous consultez et modifiez ici ceux que vous payez.",
  "Een winkel om alles uit te proberen. Abonnementen koopt u vanuit PROSOFT; hier bekijkt en wijzigt u de abonnementen die u betaalt.",
  "Ein Shop zum Ausprobieren. Abonnements kaufen Sie über PROSOFT; hier sehen und ändern Sie diejenigen, die Sie bezahlen.")
WORD (NOT_FOUND_TITLE,
  "There is no such page",
  "Cette page n’existe pas",
  "Deze pagina bestaat niet",
  "Diese Seite gibt es nicht")

WORD (SIGN_IN_TITLE,
  "Sign in to TTcloud",
  "Se connecter à TTcloud",
  "Aanmelden bij TTcloud",
  "Bei TTcloud anmelden")
WORD (SIGN_IN_ASKED,
  "PROSOFT on this PC asks you to sign in.",
  "PROSOFT, sur ce PC, vous demande de vous connecter.",
  "PROSOFT op deze pc vraagt u zich aan te melden.",
  "PROSOFT auf diesem PC bittet Sie, sich anzumelden.")
WORD (SIGN_IN_REFUSED,
  "This address and password do not belong together. Check both and try again.",
  "L’adresse e-mail et le mot de passe ne correspondent pas. Vérifiez-les et réessayez.",
  "Het e-mailadres en het wachtwoord horen niet bij elkaar. Controleer beide en probeer het opnieuw.",
  "E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beides und versuchen Sie es erneut.")
WORD (EMAIL,
  "E-mail address",
  "Adresse e-mail",
  "E-mailadres",
  "E-Mail-Adresse")
WORD (PASSWORD,
  "Password",
  "Mot de passe",
  "Wachtwoord",
  "Passwort")
WORD (SIGN_IN,
  "Sign in",
  "Se connecter",
  "Aanmelden",
  "Anmelden")
WORD (CREATE_ACCOUNT,
  "Create an account",
  "Créer un compte",
  "Een account aanmaken",
  "Konto erstellen")
WORD (CREATE_ACCOUNT_TEXT,
  "The sandbox has sample accounts only. To add one, start it with --world and a file like tests/sandbox/world.json.",
  "L’environnement de test ne contient que des comptes d’exemple. Pour en ajouter un, démarrez-le avec --world et un fichier semblable à tests/sandbox/world.json.",
  "De testomgeving kent alleen voorbeeldaccounts. Om er een toe te voegen, start u ze met --world en een bestand zoals tests/sandbox/world.json.",
  "Die Testumgebung kennt nur Beispielkonten. Um eines hinzuzufügen, starten Sie sie mit --world und einer Datei wie tests/sandbox/world.json.")
WORD (FORGOT_PASSWORD,
  "Forgot password",
  "Mot de passe oublié",
  "Wachtwoord vergeten",
  "Passwort vergessen")
WORD (FORGOT_PASSWORD_TEXT,
  "Every sample account of the sandbox has the password “sandbox”. A real shop would send you an e-mail now.",
  "Tous les comptes d’exemple ont le mot de passe « sandbox ». Une vraie boutique vous enverrait maintenant un e-mail.",
  "Alle voorbeeldaccounts hebben het wachtwoord “sandbox”. Een echte winkel zou u nu een e-mail sturen.",
  "Alle Beispielkonten haben das Passwort „sandbox“. Ein echter Shop würde Ihnen jetzt eine E-Mail senden.")
WORD (SAMPLES,
  "Sample accounts",
  "Comptes d’exemple",
  "Voorbeeldaccounts",
  "Beispielkonten")
WORD (SAMPLES_PASSWORD,
  "The password of all of them is “sandbox”.",
  "Le mot de passe est « sandbox » pour tous.",
  "Het wachtwoord is telkens “sandbox”.",
  "Das Passwort lautet bei allen „sandbox“.")
WORD (SAMPLE_INTEGRATOR,
  "system integrator",
  "intégrateur système",
  "systeemintegrator",
  "Systemintegrator")
WORD (SAMPLE_OWNER,
  "owner of Villa Picos",
  "propriétaire de Villa Picos",
  "eigenaar van Villa Picos",
  "Eigentümerin von Villa Picos")
WORD (SAMPLE_USER,
  "user of Villa Picos, may not buy",
  "utilisateur de Villa Picos, ne peut pas acheter",
  "gebruiker van Villa Picos, mag niet kopen",
  "Benutzer von Villa Picos, darf nicht kaufen")
WORD (SAMPLE_STRANGER,
  "no installation",
  "aucune installation",
  "geen installatie",
  "keine Installation")
WORD (NOT_SIGNED_IN,
  "Not signed in",
  "Non connecté",
  "Niet aangemeld",
  "Nicht angemeldet")
WORD (SIGNED_OUT,
  "Signed out",
  "Déconnecté",
  "Afgemeld",
  "Abgemeldet")
WORD (SIGN_IN_IMPOSSIBLE,
  "Sign-in is not possible",
  "Connexion impossible",
  "Aanmelden is niet mogelijk",
  "Anmeldung nicht möglich")
WORD (ADDRESS_NOT_UNDERSTOOD,
  "The address of this page is not in order. Go back to where you came from and try again.",
  "L’adresse de cette page n’est pas correcte. Revenez en arrière et réessayez.",
  "Het adres van deze pagina klopt niet. Ga terug en probeer het opnieuw.",
  "Die Adresse dieser Seite stimmt nicht. Gehen Sie zurück und versuchen Sie es erneut.")
WORD (CLIENT_UNKNOWN,
  "The program that sent you here is not known.",
  "Le programme qui vous a amené ici n’est pas connu.",
  "Het programma dat u hierheen stuurde, is niet bekend.",
  "Das Programm, das Sie hierher geführt hat, ist nicht bekannt.")
WORD (REDIRECT_ELSEWHERE,
  "The program that sent you here wants the answer at an address that is not on this PC.",
  "Le programme qui vous a amené ici demande la réponse à une adresse qui n’est pas sur ce PC.",
  "Het programma dat u hierheen stuurde, wil het antwoord op een adres dat niet op deze pc ligt.",
  "Das Programm, das Sie hierher geführt hat, erwartet die Antwort an einer Adresse, die nicht auf diesem PC liegt.")
WORD (FORM_UNREADABLE,
  "This form cannot be read",
  "Ce formulaire est illisible",
  "Dit formulier kan niet worden gelezen",
  "Dieses Formular ist nicht lesbar")
WORD (FORM_RETRY,
  "Go back, load the page again, and retry.",
  "Revenez en arrière, rechargez la page et réessayez.",
  "Ga terug, laad de pagina opnieuw en probeer het nog eens.",
  "Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.")
WORD (FORM_NOT_OURS,
  "This form is not ours",
  "Ce formulaire ne vient pas de cette page",
  "Dit formulier komt niet van deze pagina",
  "Dieses Formular stammt nicht von dieser Seite")
WORD (FORM_NOT_OURS_TEXT,
  "It was not made by this page for this browser, or cookies are off. Go back, load the page again, and retry.",
  "Il n’a pas été créé par cette page pour ce navigateur, ou les cookies sont désactivés. Revenez en arrière, rechargez la page et réessayez.",
  "Het werd niet door deze pagina voor deze browser gemaakt, of cookies zijn uitgeschakeld. Ga terug, laad de pagina opnieuw en probeer het nog eens.",
  "Es wurde nicht von dieser Seite für diesen Browser erstellt, oder Cookies sind ausgeschaltet. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.")

WORD (TERMS_TITLE,
  "Terms of sale",
  "Conditions de vente",
  "Verkoopvoorwaarden",
  "Verkaufsbedingungen")
WORD (TERMS_VERSION,
  "Version {version}. Fiction, like the prices.",
  "Version {version}. Fictives, comme les prix.",
  "Versie {version}. Fictief, net als de prijzen.",
  "Version {version}. Fiktiv, wie die Preise.")
WORD (TERMS_INSTALLATION,
  "A subscription belongs to one installation: all central units that run on one .nbt file.",
  "Un abonnement appartient à une seule installation : toutes les unités centrales qui fonctionnent avec un même fichier .nbt.",
  "Een abonnement hoort bij één installatie: alle centrale eenheden die met hetzelfde .nbt-bestand werken.",
  "Ein Abonnement gehört zu einer Installation: zu allen Zentraleinheiten, die mit derselben .nbt-Datei arbeiten.")
WORD (TERMS_PERIOD,
  "It works at once after payment and runs through the last day of this month plus one year. The days left of this month are free.",
  "Il est actif dès le paiement et court jusqu’au dernier jour du mois en cours, plus un an. Les jours restants du mois en cours sont gratuits.",
  "Het werkt meteen na de betaling en loopt tot en met de laatste dag van de lopende maand plus één jaar. De resterende dagen van die maand zijn gratis.",
  "Es gilt sofort nach der Zahlung und läuft bis zum letzten Tag des laufenden Monats plus ein Jahr. Die restlichen Tage dieses Monats sind kostenlos.")
WORD (TERMS_RENEWAL,
  "About two months before the end the payer gets a reminder by e-mail. One month before the end the fee for the next year is taken from the payer’s card, unless renewal was switched off before. Silence is consent.",
  "Environ deux mois avant l’échéance, le payeur reçoit un rappel par e-mail. Un mois avant l’échéance, le montant de l’année suivante est prélevé sur sa carte, sauf si le renouvellement a été désactivé auparavant. L’absence de réaction vaut accord.",
  "Ongeveer twee maanden voor de einddatum krijgt de betaler een herinnering per e-mail. Een maand voor de einddatum wordt het bedrag voor het volgende jaar aangerekend op de kaart van de betaler, tenzij de verlenging vooraf werd uitgeschakeld. Wie niet reageert, stemt ermee in.",
  "Etwa zwei Monate vor dem Ablauf erhält der Zahler eine Erinnerung per E-Mail. Einen Monat vor dem Ablauf wird der Betrag für das nächste Jahr von seiner Karte abgebucht, sofern die Verlängerung nicht vorher ausgeschaltet wurde. Schweigen gilt als Zustimmung.")
WORD (TERMS_STOP,
  "Switching renewal off stops the next charge only; the service runs to its end. There is no early stop, no refund, and the price cannot be divided.",
  "Désactiver le renouvellement n’empêche que le prochain prélèvement ; le service fonctionne jusqu’à son échéance. Il n’y a ni résiliation anticipée ni remboursement, et le prix n’est pas divisible.",
  "De verlenging uitschakelen houdt alleen de volgende betaling tegen; de dienst werkt tot de einddatum. Vroegtijdig stopzetten en terugbetaling zijn niet mogelijk, en de prijs is niet deelbaar.",
  "Das Ausschalten der Verlängerung verhindert nur die nächste Abbuchung; der Dienst läuft bis zum Ablauf. Eine vorzeitige Beendigung oder Erstattung ist nicht möglich, und der Preis ist nicht teilbar.")
WORD (TERMS_FAILED,
  "If the card cannot be charged, you are told by e-mail and have a month to replace it. Otherwise the service stops at its end.",
  "Si la carte ne peut pas être débitée, vous en êtes averti par e-mail et disposez d’un mois pour la remplacer. À défaut, le service s’arrête à son échéance.",
  "Als de kaart niet kan worden belast, krijgt u een e-mail en hebt u een maand de tijd om ze te vervangen. Anders stopt de dienst op de einddatum.",
  "Kann die Karte nicht belastet werden, erhalten Sie eine E-Mail und haben einen Monat Zeit, sie zu ersetzen. Andernfalls endet der Dienst mit dem Ablauf.")
WORD (TERMS_CARDS,
  "VISA and MasterCard only. We keep a reference to the card, never its number.",
  "Seules les cartes VISA et MasterCard sont acceptées. Nous conservons une référence de la carte, jamais son numéro.",
  "Alleen VISA en MasterCard. Wij bewaren een verwijzing naar de kaart, nooit het nummer.",
  "Nur VISA und MasterCard. Wir speichern einen Verweis auf die Karte, niemals ihre Nummer.")
WORD (TERMS_PAYER,
  "Whoever switches renewal on again pays from then on.",
  "La personne qui réactive le renouvellement en devient le payeur.",
  "Wie de verlenging opnieuw inschakelt, betaalt vanaf dan.",
  "Wer die Verlängerung wieder einschaltet, zahlt von da an.")
