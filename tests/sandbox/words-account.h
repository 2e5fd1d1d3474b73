/* SPDX-License-Identifier: MIT */
/* Read by words.h and words.c: the account page. */
/* clang-format off */

WORD (ACCOUNT_TITLE,
  "Your account",
  "Votre compte",
  "Uw account",
  "Ihr Konto")
WORD (SIGNED_IN_AS,
  "Signed in as {name}, {email}.",
  "Connecté en tant que {name}, {email}.",
  "Aangemeld als {name}, {email}.",
  "Angemeldet als {name}, {email}.")
WORD (SIGN_OUT,
  "Sign out",
  "Se déconnecter",
  "Afmelden",
  "Abmelden")
WORD (SUBSCRIPTIONS,
  "Subscriptions of your installations",
  "Abonnements de vos installations",
  "Abonnementen van uw installaties",
  "Abonnements Ihrer Installationen")
WORD (NO_SUBSCRIPTIONS,
  "None of your installations has a subscription yet. Subscriptions are bought from PROSOFT.",
  "Aucune de vos installations n’a encore d’abonnement. Les abonnements s’achètent depuis PROSOFT.",
  "Geen van uw installaties heeft al een abonnement. Abonnementen koopt u vanuit PROSOFT.",
  "Noch keine Ihrer Installationen hat ein Abonnement. Abonnements kaufen Sie über PROSOFT.")
WORD (PAID_BY,
  "Paid by {payer}",
  "Payé par {payer}",
  "Betaald door {payer}",
  "Bezahlt von {payer}")
WORD (PAID_BY_YOU,
  "Paid by you",
  "Payé par vous",
  "Door u betaald",
  "Von Ihnen bezahlt")
WORD (SWITCH_OFF,
  "Switch renewal off",
  "Désactiver le renouvellement",
  "Verlenging uitschakelen",
  "Verlängerung ausschalten")
WORD (SWITCH_ON,
  "Switch renewal on",
  "Activer le renouvellement",
  "Verlenging inschakelen",
  "Verlängerung einschalten")
WORD (STATE_NONE,
  "not activated yet",
  "pas encore activé",
  "nog niet geactiveerd",
  "noch nicht aktiviert")
WORD (STATE_REQUESTED,
  "awaiting approval",
  "en attente d’approbation",
  "wacht op goedkeuring",
  "wartet auf Genehmigung")
WORD (STATE_REJECTED,
  "rejected",
  "refusé",
  "afgewezen",
  "abgelehnt")
WORD (STATE_SCHEDULED,
  "starts later",
  "commence plus tard",
  "begint later",
  "beginnt später")
WORD (STATE_ACTIVE,
  "renews at {date}",
  "renouvelé au {date}",
  "wordt verlengd op {date}",
  "verlängert sich am {date}")
WORD (STATE_ENDING,
  "expires at {date}",
  "expire le {date}",
  "vervalt op {date}",
  "läuft ab am {date}")
WORD (STATE_PAST_DUE,
  "payment failed, expires at {date}",
  "paiement échoué, expire le {date}",
  "betaling mislukt, vervalt op {date}",
  "Zahlung fehlgeschlagen, läuft ab am {date}")
WORD (STATE_EXPIRED,
  "expired at {date}",
  "expiré le {date}",
  "vervallen op {date}",
  "abgelaufen am {date}")

WORD (YOUR_CARD,
  "Your card",
  "Votre carte",
  "Uw kaart",
  "Ihre Karte")
WORD (CARD_NOW,
  "{brand} ending in {last4}, valid through {expires}.",
  "{brand} se terminant par {last4}, valable jusqu’à fin {expires}.",
  "{brand} eindigend op {last4}, geldig tot en met {expires}.",
  "{brand} mit den Endziffern {last4}, gültig bis {expires}.")
WORD (NO_CARD,
  "There is no card on file.",
  "Aucune carte n’est enregistrée.",
  "Er is geen kaart opgeslagen.",
  "Es ist keine Karte hinterlegt.")
WORD (NEW_CARD_NUMBER,
  "New card’s number",
  "Numéro de la nouvelle carte",
  "Nummer van de nieuwe kaart",
  "Nummer der neuen Karte")
WORD (REPLACE_CARD,
  "Replace the card",
  "Remplacer la carte",
  "De kaart vervangen",
  "Karte ersetzen")
WORD (CARD_REPLACED,
  "The card was replaced.",
  "La carte a été remplacée.",
  "De kaart werd vervangen.",
  "Die Karte wurde ersetzt.")
WORD (BRAND_NOT_ACCEPTED,
  "Only VISA and MasterCard are accepted.",
  "Seules les cartes VISA et MasterCard sont acceptées.",
  "Alleen VISA en MasterCard worden aanvaard.",
  "Nur VISA und MasterCard werden akzeptiert.")
WORD (TEST_DEBIT_DECLINED,
  "The bank declined the test debit of one cent. Use another card.",
  "La banque a refusé le débit de test d’un centime. Utilisez une autre carte.",
  "De bank heeft de testbetaling van één cent geweigerd. Gebruik een andere kaart.",
  "Die Bank hat die Testabbuchung von einem Cent abgelehnt. Verwenden Sie eine andere Karte.")

WORD (RENEWAL_LINE,
  "{service} for {installation}.",
  "{service} pour {installation}.",
  "{service} voor {installation}.",
  "{service} für {installation}.")
WORD (RENEWAL_FREE,
  "You pay nothing for this change.",
  "Ce changement est gratuit.",
  "Deze wijziging is gratis.",
  "Diese Änderung ist kostenlos.")
WORD (RENEWAL_ON_TEXT,
  "You become the payer: {gross} is taken from your card on {day}. It renews at {end}.",
  "Vous devenez le payeur : {gross} sera prélevé sur votre carte le {day}. L’abonnement est renouvelé au {end}.",
  "U wordt de betaler: {gross} wordt op {day} aangerekend op uw kaart. Het abonnement wordt verlengd op {end}.",
  "Sie werden der Zahler: {gross} wird am {day} von Ihrer Karte abgebucht. Das Abonnement verlängert sich am {end}.")
WORD (RENEWAL_OFF_TEXT,
  "It keeps working and expires at {end}. Nothing more is charged, and nothing is paid back.",
  "Le service continue à fonctionner et expire le {end}. Plus rien n’est prélevé et rien n’est remboursé.",
  "De dienst blijft werken en vervalt op {end}. Er wordt niets meer aangerekend en niets terugbetaald.",
  "Der Dienst funktioniert weiter und läuft am {end} ab. Es wird nichts mehr abgebucht und nichts erstattet.")
WORD (RENEWAL_CONFIRM,
  "Confirm",
  "Confirmer",
  "Bevestigen",
  "Bestätigen")
WORD (RENEWAL_BACK,
  "Back, change nothing",
  "Retour, ne rien changer",
  "Terug, niets wijzigen",
  "Zurück, nichts ändern")
WORD (RENEWAL_IS_ON,
  "Renewal is on. You pay it.",
  "Le renouvellement est activé. C’est vous qui le payez.",
  "De verlenging is ingeschakeld. U betaalt ze.",
  "Die Verlängerung ist eingeschaltet. Sie bezahlen sie.")
WORD (RENEWAL_IS_OFF,
  "Renewal is off.",
  "Le renouvellement est désactivé.",
  "De verlenging is uitgeschakeld.",
  "Die Verlängerung ist ausgeschaltet.")
WORD (CHANGE_UNKNOWN,
  "This change is not understood",
  "Cette modification n’est pas comprise",
  "Deze wijziging is niet duidelijk",
  "Diese Änderung ist nicht zu verstehen")
WORD (CHANGE_AGAIN,
  "Go back to your account page and choose again.",
  "Retournez sur la page de votre compte et choisissez à nouveau.",
  "Ga terug naar uw accountpagina en kies opnieuw.",
  "Gehen Sie zurück zu Ihrer Kontoseite und wählen Sie erneut.")
WORD (NOT_POSSIBLE,
  "Not possible",
  "Impossible",
  "Niet mogelijk",
  "Nicht möglich")
WORD (NOT_POSSIBLE_TEXT,
  "This is not possible now: the subscription is in another state, or your role or account does not allow it. Go back to your account page.",
  "Ce n’est pas possible pour le moment : l’abonnement est dans un autre état, ou votre rôle ou votre compte ne le permet pas. Retournez sur la page de votre compte.",
  "Dit kan nu niet: het abonnement heeft een andere status, of uw rol of account laat het niet toe. Ga terug naar uw accountpagina.",
  "Das ist jetzt nicht möglich: Das Abonnement hat einen anderen Status, oder Ihre Rolle oder Ihr Konto lässt es nicht zu. Gehen Sie zurück zu Ihrer Kontoseite.")
