/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/words.h"

#include <stdarg.h>
#include <string.h>

static const struct
{
  const char *code, *name;
} languages[DESKTOP_N_LANGUAGES] = {
  { "en", "English" },
  { "fr", "Français" },
  { "nl", "Nederlands" },
  { "de", "Deutsch" },
};

static const char *const words[DESKTOP_N_WORDS][DESKTOP_N_LANGUAGES] = {
  [DESKTOP_WORD_MENU_FILE] = { "_File", "_Fichier", "_Bestand", "_Datei" },
  [DESKTOP_WORD_MENU_OPEN]
  = { "_Open .nbt…", "_Ouvrir un .nbt…", ".nbt _openen…", ".nbt ö_ffnen…" },
  [DESKTOP_WORD_MENU_RECENT] = { "_Recent", "_Récents", "_Recent", "_Zuletzt geöffnet" },
  [DESKTOP_WORD_MENU_NO_RECENT] = { "Nothing opened yet", "Rien d’ouvert jusqu’ici",
                                    "Nog niets geopend", "Noch nichts geöffnet" },
  [DESKTOP_WORD_MENU_CLOSE]
  = { "_Close project", "_Fermer le projet", "Project _sluiten", "Projekt _schließen" },
  [DESKTOP_WORD_MENU_QUIT] = { "_Quit", "_Quitter", "_Afsluiten", "_Beenden" },
  [DESKTOP_WORD_MENU_EXTRA] = { "E_xtra", "E_xtra", "E_xtra", "E_xtras" },
  [DESKTOP_WORD_MENU_USERS] = { "_Users and settings", "_Utilisateurs et paramètres",
                                "_Gebruikers en instellingen", "_Benutzer und Einstellungen" },
  [DESKTOP_WORD_MENU_LANGUAGE] = { "_Language", "_Langue", "_Taal", "_Sprache" },
  [DESKTOP_WORD_MENU_DARK]
  = { "_Dark colours", "Couleurs _sombres", "_Donkere kleuren", "_Dunkle Farben" },
  [DESKTOP_WORD_MENU_REMOTE] = { "_Remote", "_Distance", "Op _afstand", "Fe_rnzugriff" },
  [DESKTOP_WORD_MENU_SESSION]
  = { "_Open session", "_Ouvrir une session", "_Sessie openen", "_Sitzung öffnen" },
  [DESKTOP_WORD_MENU_END_SESSION]
  = { "_End session", "_Terminer la session", "Sessie _beëindigen", "Sitzung be_enden" },
  [DESKTOP_WORD_MENU_HELP] = { "_Help", "_Aide", "_Help", "_Hilfe" },
  [DESKTOP_WORD_MENU_ABOUT] = { "_About", "À _propos", "_Over", "Ü_ber" },
  [DESKTOP_WORD_MENU_DIAGNOSTICS]
  = { "_Copy diagnostics", "_Copier le diagnostic", "_Diagnose kopiëren", "_Diagnose kopieren" },
  [DESKTOP_WORD_START_TITLE] = { "Open an installation", "Ouvrir une installation",
                                 "Een installatie openen", "Eine Installation öffnen" },
  [DESKTOP_WORD_START_TEXT]
  = { "One .nbt file is one installation. Its subscriptions stand under Extra, Users and settings.",
      "Un fichier .nbt correspond à une installation. Ses abonnements se trouvent sous Extra, Utilisateurs et paramètres.",
      "Eén .nbt-bestand is één installatie. De abonnementen staan onder Extra, Gebruikers en instellingen.",
      "Eine .nbt-Datei ist eine Installation. Die Abonnements finden Sie unter Extras, Benutzer und Einstellungen." },
  [DESKTOP_WORD_START_OPEN] = { "Open .nbt…", "Ouvrir un .nbt…", ".nbt openen…", ".nbt öffnen…" },
  [DESKTOP_WORD_START_ALL]
  = { "All subscriptions", "Tous les abonnements", "Alle abonnementen", "Alle Abonnements" },
  [DESKTOP_WORD_START_RECENT]
  = { "Opened lately", "Ouverts récemment", "Onlangs geopend", "Zuletzt geöffnet" },
  [DESKTOP_WORD_BACK] = { "Project", "Projet", "Project", "Projekt" },
  [DESKTOP_WORD_OPEN_SESSION] = { "Open remote session", "Ouvrir une session à distance",
                                  "Sessie op afstand openen", "Fernsitzung öffnen" },
  [DESKTOP_WORD_USERS_AND_SETTINGS]
  = { "Users and settings", "Utilisateurs et paramètres", "Gebruikers en instellingen",
      "Benutzer und Einstellungen" },
  [DESKTOP_WORD_SHOW] = { "Show", "Afficher", "Tonen", "Anzeigen" },
  [DESKTOP_WORD_HIDE] = { "Hide", "Masquer", "Verbergen", "Ausblenden" },
  [DESKTOP_WORD_SHOW_MORE]
  = { "Show more (%u)", "Afficher plus (%u)", "Meer tonen (%u)", "Mehr anzeigen (%u)" },
  [DESKTOP_WORD_CANCEL] = { "Cancel", "Annuler", "Annuleren", "Abbrechen" },
  [DESKTOP_WORD_OPEN] = { "Open", "Ouvrir", "Openen", "Öffnen" },
  [DESKTOP_WORD_CLOSE] = { "Close", "Fermer", "Sluiten", "Schließen" },
  [DESKTOP_WORD_NO_PROJECT] = { "No project is open", "Aucun projet n’est ouvert",
                                "Er is geen project geopend", "Es ist kein Projekt geöffnet" },
  [DESKTOP_WORD_LOADING] = { "Loading; what was known before stays visible.",
                             "Chargement ; ce qui était connu reste visible.",
                             "Bezig met laden; wat al bekend was, blijft zichtbaar.",
                             "Wird geladen; was bekannt war, bleibt sichtbar." },
  [DESKTOP_WORD_OFFLINE]
  = { "TTcloud cannot be reached; what was known before stays visible, with its age.",
      "TTcloud est injoignable ; ce qui était connu reste visible, avec son âge.",
      "TTcloud is niet bereikbaar; wat bekend was, blijft zichtbaar, met de leeftijd ervan.",
      "TTcloud ist nicht erreichbar; was bekannt war, bleibt mit seinem Alter sichtbar." },
  [DESKTOP_WORD_ERROR]
  = { "Something is wrong; the page says what.", "Il y a un problème ; la page dit lequel.",
      "Er is iets mis; de pagina zegt wat.", "Etwas stimmt nicht; die Seite sagt, was." },
  [DESKTOP_WORD_WORKING] = { "Working…", "En cours…", "Bezig…", "In Arbeit…" },
  [DESKTOP_WORD_SANDBOX] = { "Sandbox: prices are invented, today is %s",
                             "Environnement de test : les prix sont fictifs, nous sommes le %s",
                             "Testomgeving: de prijzen zijn verzonnen, vandaag is het %s",
                             "Testumgebung: Die Preise sind erfunden, heute ist der %s" },
  [DESKTOP_WORD_PROBLEM] = { "Problem", "Problème", "Probleem", "Problem" },
  [DESKTOP_WORD_WARNING] = { "Warning", "Attention", "Let op", "Achtung" },
  [DESKTOP_WORD_NOTE] = { "Note", "Information", "Ter info", "Hinweis" },
  [DESKTOP_WORD_GOOD] = { "All right", "Tout va bien", "In orde", "In Ordnung" },
  [DESKTOP_WORD_SESSION_CHECKING]
  = { "Asking whether the session may be opened…", "Vérification du droit d’ouvrir la session…",
      "Er wordt nagegaan of de sessie open mag…",
      "Es wird geprüft, ob die Sitzung geöffnet werden darf…" },
  [DESKTOP_WORD_SESSION_OPENED]
  = { "The remote session with %s is open.", "La session à distance avec %s est ouverte.",
      "De sessie op afstand met %s is geopend.", "Die Fernsitzung mit %s ist geöffnet." },
  [DESKTOP_WORD_SESSION_ENDED]
  = { "The remote session has ended.", "La session à distance est terminée.",
      "De sessie op afstand is beëindigd.", "Die Fernsitzung ist beendet." },
  [DESKTOP_WORD_SESSION_WAIT]
  = { "The session cannot be opened yet", "La session ne peut pas encore être ouverte",
      "De sessie kan nog niet worden geopend", "Die Sitzung kann noch nicht geöffnet werden" },
  [DESKTOP_WORD_SESSION_DENY]
  = { "The session is not opened", "La session n’est pas ouverte", "De sessie wordt niet geopend",
      "Die Sitzung wird nicht geöffnet" },
  [DESKTOP_WORD_SESSION_FAILED]
  = { "The check gave no answer, so the session is not opened. Try again.",
      "La vérification n’a donné aucune réponse, la session n’est donc pas ouverte. Réessayez.",
      "De controle gaf geen antwoord, dus de sessie wordt niet geopend. Probeer het opnieuw.",
      "Die Prüfung ergab keine Antwort, daher wird die Sitzung nicht geöffnet. Versuchen Sie es erneut." },
  [DESKTOP_WORD_SESSION_RUNNING]
  = { "Remote session: %s", "Session à distance : %s", "Sessie op afstand: %s", "Fernsitzung: %s" },
  [DESKTOP_WORD_DETAILS] = { "Details", "Détails", "Details", "Einzelheiten" },
  [DESKTOP_WORD_DATE_SETTINGS]
  = { "PROSOFT would open the date settings of this PC here. This host does not: set the date in the system’s settings, then try again.",
      "PROSOFT ouvrirait ici les réglages de date de ce PC. Cet hôte ne le fait pas : réglez la date dans les paramètres du système, puis réessayez.",
      "PROSOFT zou hier de datuminstellingen van deze pc openen. Deze host doet dat niet: stel de datum in bij de systeeminstellingen en probeer het opnieuw.",
      "PROSOFT würde hier die Datumseinstellungen dieses PCs öffnen. Dieser Host tut das nicht: Stellen Sie das Datum in den Systemeinstellungen ein und versuchen Sie es erneut." },
  [DESKTOP_WORD_UPDATE]
  = { "PROSOFT would look for an update here. This host has none.",
      "PROSOFT chercherait ici une mise à jour. Cet hôte n’en a pas.",
      "PROSOFT zou hier naar een update zoeken. Deze host heeft er geen.",
      "PROSOFT würde hier nach einem Update suchen. Dieser Host hat keines." },
  [DESKTOP_WORD_NETWORK_HELP]
  = { "PROSOFT would open its help on the network here. See that this PC is online, then try again.",
      "PROSOFT ouvrirait ici son aide sur le réseau. Vérifiez que ce PC est en ligne, puis réessayez.",
      "PROSOFT zou hier de hulp over het netwerk openen. Kijk of deze pc online is en probeer het opnieuw.",
      "PROSOFT würde hier seine Hilfe zum Netzwerk öffnen. Prüfen Sie, ob dieser PC online ist, und versuchen Sie es erneut." },
  [DESKTOP_WORD_FILE_UNREADABLE]
  = { "The file cannot be opened: %s", "Le fichier ne peut pas être ouvert : %s",
      "Het bestand kan niet worden geopend: %s", "Die Datei kann nicht geöffnet werden: %s" },
  [DESKTOP_WORD_FILE_GONE]
  = { "%s is no longer on disk. What you see is as it was when it was opened. Save or restore the file, or close the project.",
      "%s n’est plus sur le disque. Vous voyez le contenu tel qu’il était à l’ouverture. Enregistrez ou restaurez le fichier, ou fermez le projet.",
      "%s staat niet meer op de schijf. U ziet de inhoud zoals die was bij het openen. Bewaar of herstel het bestand, of sluit het project.",
      "%s ist nicht mehr auf dem Datenträger. Sie sehen den Inhalt, wie er beim Öffnen war. Speichern Sie die Datei, stellen Sie sie wieder her oder schließen Sie das Projekt." },
  [DESKTOP_WORD_FILE_CHANGED]
  = { "%s was saved again and has been read anew.", "%s a été enregistré à nouveau et relu.",
      "%s is opnieuw bewaard en opnieuw gelezen.", "%s wurde neu gespeichert und erneut gelesen." },
  [DESKTOP_WORD_MODULE_MISSING]
  = { "The subscription module could not be loaded: %s. Projects can be opened, remote sessions cannot.",
      "Le module d’abonnement n’a pas pu être chargé : %s. Les projets peuvent être ouverts, les sessions à distance non.",
      "De abonnementsmodule kon niet worden geladen: %s. Projecten kunnen worden geopend, sessies op afstand niet.",
      "Das Abonnementmodul konnte nicht geladen werden: %s Projekte können geöffnet werden, Fernsitzungen nicht." },
  [DESKTOP_WORD_MODULE_BAD_PAGE]
  = { "The subscription module sent a page that cannot be shown. What you see is the one before. Help, Copy diagnostics says more.",
      "Le module d’abonnement a envoyé une page qui ne peut pas être affichée. Vous voyez la précédente. Aide, Copier le diagnostic en dit plus.",
      "De abonnementsmodule stuurde een pagina die niet kan worden getoond. U ziet de vorige. Help, Diagnose kopiëren zegt meer.",
      "Das Abonnementmodul hat eine Seite gesendet, die nicht angezeigt werden kann. Sie sehen die vorige. Hilfe, Diagnose kopieren sagt mehr." },
  [DESKTOP_WORD_MODULE_MISBEHAVES]
  = { "The subscription module has broken the rules of its interface (%u). PROSOFT goes on. Help, Copy diagnostics says more.",
      "Le module d’abonnement a enfreint les règles de son interface (%u). PROSOFT continue. Aide, Copier le diagnostic en dit plus.",
      "De abonnementsmodule heeft de regels van haar interface overtreden (%u). PROSOFT werkt verder. Help, Diagnose kopiëren zegt meer.",
      "Das Abonnementmodul hat die Regeln seiner Schnittstelle verletzt (%u). PROSOFT läuft weiter. Hilfe, Diagnose kopieren sagt mehr." },
  [DESKTOP_WORD_PAGE_CHANGED]
  = { "The page has changed meanwhile. Look at it again, then choose.",
      "La page a changé entre-temps. Regardez-la à nouveau, puis choisissez.",
      "De pagina is intussen veranderd. Bekijk ze opnieuw en kies dan.",
      "Die Seite hat sich inzwischen geändert. Sehen Sie sie noch einmal an und wählen Sie dann." },
  [DESKTOP_WORD_ACTION_FAILED] = { "That did not work: %s", "Cela n’a pas fonctionné : %s",
                                   "Dat is niet gelukt: %s", "Das hat nicht funktioniert: %s" },
  [DESKTOP_WORD_LINK_REFUSED] = { "This address is not opened, because it is not a secure one.",
                                  "Cette adresse n’est pas ouverte, car elle n’est pas sécurisée.",
                                  "Dit adres wordt niet geopend, omdat het niet veilig is.",
                                  "Diese Adresse wird nicht geöffnet, weil sie nicht sicher ist." },
  [DESKTOP_WORD_SECRETS_SESSION_ONLY]
  = { "This PC has no safe place for passwords, so the sign-in lasts until PROSOFT is closed.",
      "Ce PC n’a pas de coffre pour les mots de passe ; la connexion dure donc jusqu’à la fermeture de PROSOFT.",
      "Deze pc heeft geen veilige plaats voor wachtwoorden, dus u blijft aangemeld tot PROSOFT wordt gesloten.",
      "Dieser PC hat keinen sicheren Ort für Kennwörter, daher bleiben Sie nur angemeldet, bis PROSOFT geschlossen wird." },
  [DESKTOP_WORD_ABOUT_TEXT]
  = { "A desktop host for PROSOFT plug-ins: it stands in for PROSOFT, so that the subscription module can be seen and tried. It knows the module by its published interface only.",
      "Un hôte de bureau pour les modules de PROSOFT : il tient lieu de PROSOFT, pour voir et essayer le module d’abonnement. Il ne connaît le module que par son interface publiée.",
      "Een desktophost voor PROSOFT-modules: hij neemt de plaats in van PROSOFT, om de abonnementsmodule te bekijken en te proberen. Hij kent de module alleen via haar gepubliceerde interface.",
      "Ein Desktop-Host für PROSOFT-Module: Er steht an der Stelle von PROSOFT, damit man das Abonnementmodul sehen und ausprobieren kann. Er kennt das Modul nur über seine veröffentlichte Schnittstelle." },
  [DESKTOP_WORD_COPIED]
  = { "The diagnostics are on the clipboard. They hold no password and no token.",
      "Le diagnostic est dans le presse-papiers. Il ne contient ni mot de passe ni jeton.",
      "De diagnose staat op het klembord. Ze bevat geen wachtwoord en geen token.",
      "Die Diagnose ist in der Zwischenablage. Sie enthält kein Kennwort und kein Token." },
};

DesktopLanguage
desktop_language_parse (const char *name)
{
  for (int i = 0; name != NULL && i < DESKTOP_N_LANGUAGES; i++)
    {
      const char *code = languages[i].code;

      if (g_ascii_strncasecmp (name, code, strlen (code)) == 0
          && !g_ascii_isalnum (name[strlen (code)]))
        return (DesktopLanguage)i;
    }
  return DESKTOP_LANGUAGE_EN;
}

const char *
desktop_language_code (DesktopLanguage language)
{
  return languages[language].code;
}

const char *
desktop_language_name (DesktopLanguage language)
{
  return languages[language].name;
}

const char *
desktop_word (DesktopLanguage language, DesktopWord word)
{
  return words[word][language];
}

char *
desktop_words_format (DesktopLanguage language, DesktopWord word, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, word);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  /* A test sees to it that each language takes the same. */
  text = g_strdup_vprintf (words[word][language], arguments);
#pragma GCC diagnostic pop
  va_end (arguments);
  return text;
}

char *
desktop_word_plain (DesktopLanguage language, DesktopWord word)
{
  GString *plain = g_string_new (words[word][language]);

  g_string_replace (plain, "_", "", 0);
  return g_string_free (plain, FALSE);
}
