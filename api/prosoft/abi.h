/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_ABI_H
#define PROSOFT_ABI_H

/*
 * Types, calling convention and result codes: the floor of the plug-in interface.
 *
 * The rules R1-R14 that the headers cite are listed in prosoft.h. Every function carries a tag on the
 * last line of its comment:
 *   [main]          only on the main thread: the one OS thread that pumps the host's windows (R4)
 *   [any]           on any thread
 *   [non-blocking]  returns within 1 ms, never waits for a network, a disk, a lock or a person (R5)
 */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The convention of every pointer in this interface (R2). 32-bit builds also need -mstackrealign. */
#if defined(_WIN32)
#define PROSOFT_ABI __cdecl
#else
#define PROSOFT_ABI
#endif

/* For the one exported symbol (R2). */
#if defined(_WIN32)
#define PROSOFT_EXPORT __declspec (dllexport)
#elif defined(__GNUC__) && __GNUC__ >= 4
#define PROSOFT_EXPORT __attribute__ ((visibility ("default")))
#else
#define PROSOFT_EXPORT
#endif

#define PROSOFT_ABI_MAJOR 1u
#define PROSOFT_ABI_MINOR 0u

/* The same major is compatible; a second major would be a second symbol. */
typedef struct prosoft_version
{
  uint32_t major;
  uint32_t minor;
} prosoft_version_t;

/* 0 or positive: done. Negative: one of the codes below (R9). */
typedef int32_t prosoft_result_t;

#define PROSOFT_OK 0
#define PROSOFT_E_FAILED (-1)       /* none of the others; the error's message says what */
#define PROSOFT_E_INVALID (-2)      /* an argument is not what the header asks for */
#define PROSOFT_E_STALE (-3)        /* the action is gone, disabled or changed: render again */
#define PROSOFT_E_CANCELLED (-4)    /* somebody asked for it */
#define PROSOFT_E_UNSUPPORTED (-5)  /* not in this host, plug-in or version */
#define PROSOFT_E_BUSY (-6)         /* not now; try again when the running operation has completed */
#define PROSOFT_E_WRONG_THREAD (-7) /* called from another thread than the tag says; nothing was done */
#define PROSOFT_E_MEMORY (-8)
#define PROSOFT_E_IO (-9)
#define PROSOFT_E_FORMAT (-10)    /* bytes that are not what they should be */
#define PROSOFT_E_TOO_LARGE (-11) /* beyond a limit that the header states */
#define PROSOFT_E_NOT_FOUND (-12)
#define PROSOFT_E_TIMEOUT (-13)

/* Numbers for things that last: never 0, never used again in the life of one plug-in instance. */
typedef uint64_t prosoft_op_t;      /* an operation (R10), given by the plug-in */
typedef uint64_t prosoft_view_t;    /* one open page, given by the host */
typedef uint64_t prosoft_session_t; /* one remote session that the gate let in, given by the plug-in */
typedef uint64_t prosoft_cookie_t;  /* pairs a question with its answer, given by who asks */

#ifdef __cplusplus
}
#endif

#endif
