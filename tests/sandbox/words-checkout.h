/* SPDX-License-Identifier: MIT */
/* Read by words.h and words.c: the checkout, and cards. */
/* clang-format off */

WORD (CHECKOUT_TITLE,
  "Checkout",
  "Paiement",
  "Afrekenen",
  "Kasse")
WORD (CHECKOUT_PAYS,
  "{name} ({email}) pays {due} now. Each subscription renews once a year until renewal is switched off.",
  "{name} ({email}) paie {due} maintenant. Chaque abonnement est renouvelé une fois par an jusqu’à ce que le renouvellement soit désactivé.",
  "{name} ({email}) betaalt nu {due}. Elk abonnement wordt één keer per jaar verlengd, tot de verlenging wordt uitgeschakeld.",
  "{name} ({email}) zahlt jetzt {due}. Jedes Abonnement verlängert sich einmal im Jahr, bis die Verlängerung ausgeschaltet wird.")
WORD (YOUR_ORDER,
  "Your order",
  "Votre commande",
  "Uw bestelling",
  "Ihre Bestellung")
WORD (SERVICE,
  "Service",
  "Service",
  "Dienst",
  "Dienst")
WORD (NET,
  "Net",
  "Hors TVA",
  "Excl. btw",
  "Netto")
WORD (VAT,
  "VAT",
  "TVA",
  "Btw",
  "MwSt.")
WORD (TO_PAY,
  "To pay now, VAT included",
  "À payer maintenant, TVA comprise",
  "Nu te betalen, incl. btw",
  "Jetzt zu zahlen, inkl. MwSt.")
WORD (RUNS_UNTIL,
  "Runs until {end}",
  "Valable jusqu’au {end}",
  "Loopt tot en met {end}",
  "Läuft bis {end}")
WORD (FREE_DAY,
  "The day left of this month is free",
  "Le jour restant de ce mois est gratuit",
  "De laatste dag van deze maand is gratis",
  "Der letzte Tag dieses Monats ist kostenlos")
WORD (FREE_DAYS,
  "The {days} days left of this month are free",
  "Les {days} jours restants de ce mois sont gratuits",
  "De resterende {days} dagen van deze maand zijn gratis",
  "Die restlichen {days} Tage dieses Monats sind kostenlos")
WORD (NEXT_CHARGE,
  "Next charge {gross} on {day}",
  "Prochain prélèvement : {gross} le {day}",
  "Volgende betaling: {gross} op {day}",
  "Nächste Abbuchung: {gross} am {day}")
WORD (HOW_TO_STOP,
  "To stop: switch renewal off in PROSOFT or on your account page before the next charge. The service then runs until its end; nothing is paid back.",
  "Pour arrêter : désactivez le renouvellement dans PROSOFT ou sur la page de votre compte avant le prochain prélèvement. Le service fonctionne alors jusqu’à son échéance ; rien n’est remboursé.",
  "Stopzetten: schakel de verlenging uit in PROSOFT of op uw accountpagina vóór de volgende betaling. De dienst werkt dan nog tot de einddatum; er wordt niets terugbetaald.",
  "So beenden Sie es: Schalten Sie die Verlängerung in PROSOFT oder auf Ihrer Kontoseite vor der nächsten Abbuchung aus. Der Dienst läuft dann bis zum Ablauf; erstattet wird nichts.")
WORD (PAY,
  "Pay",
  "Payer",
  "Betalen",
  "Bezahlen")

WORD (WHICH_CARD,
  "Which card?",
  "Quelle carte ?",
  "Welke kaart?",
  "Welche Karte?")
WORD (CARD_ON_FILE,
  "The card on file: {brand} ending in {last4}, valid through {expires}",
  "La carte enregistrée : {brand} se terminant par {last4}, valable jusqu’à fin {expires}",
  "De opgeslagen kaart: {brand} eindigend op {last4}, geldig tot en met {expires}",
  "Die hinterlegte Karte: {brand} mit den Endziffern {last4}, gültig bis {expires}")
WORD (OTHER_CARD,
  "Another card, which then pays the renewals too",
  "Une autre carte, qui paiera aussi les renouvellements",
  "Een andere kaart, die dan ook de verlengingen betaalt",
  "Eine andere Karte, die dann auch die Verlängerungen bezahlt")
WORD (CARD_NUMBER,
  "Card number",
  "Numéro de carte",
  "Kaartnummer",
  "Kartennummer")
WORD (CARD_NUMBER_HINT,
  "Only the test numbers of the list work.",
  "Seuls les numéros de test de la liste fonctionnent.",
  "Alleen de testnummers uit de lijst werken.",
  "Nur die Testnummern der Liste funktionieren.")
WORD (CARD_EXPIRES,
  "Valid through (MM/YY)",
  "Valable jusqu’à (MM/AA)",
  "Geldig tot en met (MM/JJ)",
  "Gültig bis (MM/JJ)")
WORD (TEST_NUMBERS,
  "Test numbers",
  "Numéros de test",
  "Testnummers",
  "Testnummern")
WORD (TEST_VISA,
  "VISA, pays",
  "VISA, paie",
  "VISA, betaalt",
  "VISA, zahlt")
WORD (TEST_MASTERCARD,
  "MasterCard, pays",
  "MasterCard, paie",
  "MasterCard, betaalt",
  "MasterCard, zahlt")
WORD (TEST_CONFIRMATION,
  "VISA, the bank asks for a confirmation",
  "VISA, la banque demande une confirmation",
  "VISA, de bank vraagt een bevestiging",
  "VISA, die Bank verlangt eine Bestätigung")
WORD (TEST_ONCE,
  "VISA, pays now, fails at the next charge",
  "VISA, paie maintenant, échoue au prochain prélèvement",
  "VISA, betaalt nu, mislukt bij de volgende betaling",
  "VISA, zahlt jetzt, scheitert bei der nächsten Abbuchung")
WORD (TEST_DECLINED,
  "VISA, declined",
  "VISA, refusée",
  "VISA, geweigerd",
  "VISA, abgelehnt")
WORD (TEST_AMEX,
  "American Express, not accepted (VISA and MasterCard only)",
  "American Express, non acceptée (VISA et MasterCard uniquement)",
  "American Express, niet aanvaard (alleen VISA en MasterCard)",
  "American Express, nicht akzeptiert (nur VISA und MasterCard)")
WORD (NO_TEST_NUMBER,
  "This is none of the test numbers. Take one of the list.",
  "Ce n’est pas un numéro de test. Choisissez-en un dans la liste.",
  "Dit is geen testnummer. Neem er een uit de lijst.",
  "Das ist keine Testnummer. Nehmen Sie eine aus der Liste.")
WORD (BAD_EXPIRY,
  "Write until when the card is valid as MM/YY; it must not have passed.",
  "Indiquez jusqu’à quand la carte est valable, sous la forme MM/AA ; cette date ne doit pas être dépassée.",
  "Vul in tot wanneer de kaart geldig is, als MM/JJ; die maand mag niet voorbij zijn.",
  "Geben Sie an, bis wann die Karte gültig ist (MM/JJ); der Monat darf nicht vorbei sein.")

WORD (CONFIRM_TITLE,
  "Confirm payment",
  "Confirmer le paiement",
  "Betaling bevestigen",
  "Zahlung bestätigen")
WORD (CONFIRM_DUE,
  "You are about to pay",
  "Vous allez payer",
  "U gaat betalen",
  "Sie zahlen")
WORD (CONFIRM_FINAL,
  "This cannot be undone, and nothing is paid back.",
  "Ce paiement est définitif et ne peut pas être remboursé.",
  "Dit kan niet ongedaan worden gemaakt en er wordt niets terugbetaald.",
  "Das kann nicht rückgängig gemacht werden, und es wird nichts erstattet.")
WORD (CONFIRM_CARD,
  "Card",
  "Carte",
  "Kaart",
  "Karte")
WORD (CARD_ENDING,
  "{brand} ending in {last4}",
  "{brand} se terminant par {last4}",
  "{brand} eindigend op {last4}",
  "{brand} mit den Endziffern {last4}")

WORD (BANK_TITLE,
  "Your bank asks",
  "Votre banque vous demande",
  "Uw bank vraagt",
  "Ihre Bank fragt nach")
WORD (BANK_TEXT,
  "Is it you who is paying {due}? A real bank would ask in its app.",
  "Est-ce bien vous qui payez {due} ? Une vraie banque vous le demanderait dans son application.",
  "Bent u het die {due} betaalt? Een echte bank zou dat in haar app vragen.",
  "Zahlen wirklich Sie {due}? Eine echte Bank würde in ihrer App fragen.")
WORD (BANK_YES,
  "Yes, it is me",
  "Oui, c’est moi",
  "Ja, ik ben het",
  "Ja, das bin ich")
WORD (BANK_NO,
  "No",
  "Non",
  "Nee",
  "Nein")

WORD (PAID_TITLE,
  "Paid. Your services are on",
  "Payé. Vos services sont actifs",
  "Betaald. Uw diensten zijn actief",
  "Bezahlt. Ihre Dienste sind aktiv")
WORD (CANCELLED_TITLE,
  "Cancelled",
  "Annulé",
  "Geannuleerd",
  "Abgebrochen")
WORD (NOT_PAID_TITLE,
  "Not paid",
  "Non payé",
  "Niet betaald",
  "Nicht bezahlt")
WORD (PAID_TEXT,
  "The services work at once; no activation is needed. The invoice is e-mailed within one hour.",
  "Les services fonctionnent immédiatement, sans activation. La facture est envoyée par e-mail dans l’heure.",
  "De diensten werken meteen; activeren is niet nodig. De factuur wordt binnen een uur gemaild.",
  "Die Dienste funktionieren sofort; eine Aktivierung ist nicht nötig. Die Rechnung wird innerhalb einer Stunde per E-Mail verschickt.")
WORD (PAID_TEXT_INVOICE,
  "The services work at once; no activation is needed. The invoice {invoice} is e-mailed within one hour.",
  "Les services fonctionnent immédiatement, sans activation. La facture {invoice} est envoyée par e-mail dans l’heure.",
  "De diensten werken meteen; activeren is niet nodig. Factuur {invoice} wordt binnen een uur gemaild.",
  "Die Dienste funktionieren sofort; eine Aktivierung ist nicht nötig. Die Rechnung {invoice} wird innerhalb einer Stunde per E-Mail verschickt.")
WORD (CARD_DECLINED,
  "The bank declined the card. Nothing was charged. Order again with another card, or replace the card on your account page.",
  "La banque a refusé la carte. Rien n’a été prélevé. Commandez à nouveau avec une autre carte, ou remplacez la carte sur la page de votre compte.",
  "De bank heeft de kaart geweigerd. Er werd niets aangerekend. Bestel opnieuw met een andere kaart, of vervang de kaart op uw accountpagina.",
  "Die Bank hat die Karte abgelehnt. Es wurde nichts abgebucht. Bestellen Sie erneut mit einer anderen Karte, oder ersetzen Sie die Karte auf Ihrer Kontoseite.")
WORD (CARD_REFUSED_BRAND,
  "Only VISA and MasterCard are accepted. Nothing was charged. Order again with such a card.",
  "Seules les cartes VISA et MasterCard sont acceptées. Rien n’a été prélevé. Commandez à nouveau avec l’une de ces cartes.",
  "Alleen VISA en MasterCard worden aanvaard. Er werd niets aangerekend. Bestel opnieuw met zo’n kaart.",
  "Nur VISA und MasterCard werden akzeptiert. Es wurde nichts abgebucht. Bestellen Sie erneut mit einer solchen Karte.")
WORD (CONFIRMATION_FAILED,
  "The bank did not get your confirmation. Nothing was charged. You can order again from PROSOFT.",
  "La banque n’a pas reçu votre confirmation. Rien n’a été prélevé. Vous pouvez commander à nouveau depuis PROSOFT.",
  "De bank kreeg uw bevestiging niet. Er werd niets aangerekend. U kunt opnieuw bestellen vanuit PROSOFT.",
  "Die Bank hat Ihre Bestätigung nicht erhalten. Es wurde nichts abgebucht. Sie können über PROSOFT erneut bestellen.")
WORD (CANCELLED_BY_PERSON,
  "Nothing was charged. What you chose is still in your basket.",
  "Rien n’a été prélevé. Votre choix est toujours dans votre panier.",
  "Er werd niets aangerekend. Wat u koos, ligt nog in uw winkelmand.",
  "Es wurde nichts abgebucht. Ihre Auswahl liegt noch in Ihrem Warenkorb.")
WORD (ALREADY_SUBSCRIBED,
  "One of the services was bought with another order meanwhile, so this one was closed. Nothing was charged. Look at the installation in PROSOFT; the other services can be ordered again.",
  "L’un des services a été acheté entre-temps par une autre commande ; celle-ci a donc été clôturée. Rien n’a été prélevé. Consultez l’installation dans PROSOFT ; les autres services peuvent être commandés à nouveau.",
  "Een van de diensten werd intussen met een andere bestelling gekocht, daarom werd deze afgesloten. Er werd niets aangerekend. Bekijk de installatie in PROSOFT; de andere diensten kunt u opnieuw bestellen.",
  "Einer der Dienste wurde inzwischen mit einer anderen Bestellung gekauft, deshalb wurde diese geschlossen. Es wurde nichts abgebucht. Sehen Sie sich die Installation in PROSOFT an; die übrigen Dienste können Sie erneut bestellen.")
WORD (TIMED_OUT,
  "The payment was not made within 30 minutes. Nothing was charged. You can order again from PROSOFT.",
  "Le paiement n’a pas été effectué dans les 30 minutes. Rien n’a été prélevé. Vous pouvez commander à nouveau depuis PROSOFT.",
  "De betaling gebeurde niet binnen 30 minuten. Er werd niets aangerekend. U kunt opnieuw bestellen vanuit PROSOFT.",
  "Die Zahlung erfolgte nicht innerhalb von 30 Minuten. Es wurde nichts abgebucht. Sie können über PROSOFT erneut bestellen.")
WORD (CHANGED_MEANWHILE,
  "Something changed while you were here. Nothing was charged. Look at the installation in PROSOFT and order again if needed.",
  "Quelque chose a changé entre-temps. Rien n’a été prélevé. Consultez l’installation dans PROSOFT et commandez à nouveau si nécessaire.",
  "Er is intussen iets gewijzigd. Er werd niets aangerekend. Bekijk de installatie in PROSOFT en bestel zo nodig opnieuw.",
  "Inzwischen hat sich etwas geändert. Es wurde nichts abgebucht. Sehen Sie sich die Installation in PROSOFT an und bestellen Sie bei Bedarf erneut.")
WORD (NO_CHECKOUT,
  "There is no such checkout",
  "Ce paiement n’existe pas",
  "Deze betaling bestaat niet",
  "Diese Zahlung gibt es nicht")
