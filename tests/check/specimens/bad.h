/* SPDX-License-Identifier: MIT */
/*
 * What a specimen does wrong: one thing. A module is compiled from plugin.c once for each, with
 * -DSPECIMEN=NAME; its file is rN-name.so, and rN is the rule that must be found broken.
 */
#pragma once

enum
{
  GOOD,
  R1_FLAG,        /* answers the flag `allowed` with 2 */
  R1_KIND,        /* a button of a kind that there is not */
  R2_SYMBOLS,     /* exports a second symbol */
  R2_MAJOR,       /* is for another version of the interface */
  R3_EXACT,       /* takes structs of the size that it knows only */
  R3_SHORT,       /* takes structs below their first version */
  R3_BEHIND,      /* reads behind what struct_size covers */
  R3_COMPLETION,  /* forgets struct_size in what it writes */
  R4_THREAD,      /* says changed() from a thread of its own */
  R5_SLEEPS,      /* works in render() */
  R5_INIT,        /* works in init() */
  R5_SPINS,       /* asks for the next callback in each */
  R6_OUTSIDE,     /* calls the host from a signal, in between */
  R7_KEEPS,       /* keeps the name of the project, which was lent */
  R7_WRITES,      /* writes into the host's struct */
  R7_READER,      /* reads a project that is closed */
  R7_COPY,        /* calls the host with a copy of its struct */
  R8_LATIN,       /* logs what is not UTF-8 */
  R8_BOM,         /* begins its page with a byte order mark */
  R9_SILENT,      /* fails without a reason */
  R9_OPEN,        /* opens pages that are not there */
  R9_EXIT,        /* ends the process */
  R10_TWICE,      /* completes twice */
  R10_INSIDE,     /* completes inside the call that starts */
  R10_LOST,       /* forgets what is open in destroy() */
  R10_NUMBER,     /* gives every operation the same number */
  R11_LATE,       /* calls the host from deinit() */
  R11_EARLY,      /* calls the host from create() */
  R11_THREAD,     /* leaves a thread behind that logs */
  R12_UNPINNED,   /* may be unmapped */
  R12_COUNT,      /* fails when it is initialized twice */
  R13_LOCALE,     /* sets the locale */
  R13_FOLDER,     /* goes to another folder */
  R13_SIGNAL,     /* ignores SIGPIPE */
  R13_FLOATING,   /* divides by zero on a thread that took the host's mask over */
  R14_PREFIX,     /* compares the beginning of ids */
  R14_NEEDS_LOG,  /* does not live without an extension that may be missing */
  PAGES_TWICE,    /* the same id twice on a page */
  PAGES_STALE,    /* takes actions that are not there */
  PAGES_BACK,     /* a revision that goes back */
  GATE_ADMITS,    /* lets everybody in */
  GATE_DISAGREES, /* an outcome that says another thing than `allowed` */
  CRASHES,        /* dies of what is in a file */
  HANGS,          /* does not come back from activated() */
};

#define BAD(what) (SPECIMEN == (what))
