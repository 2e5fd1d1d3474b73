/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A disk that fails, or a power cut, at a chosen moment: this file's object takes the place of the
 * C library's functions in the program that links it, and in the libraries that it loads. Counted
 * are the calls that change what is on disk: a folder or a file made, written, synced, closed,
 * renamed, removed, a folder opened and synced, a lock taken; or, armed for it, those that read a
 * file. Linux. Threads: any.
 */

typedef enum
{
  DISK_FAILS,       /* that one call fails */
  DISK_IS_FULL,     /* that call and all after it fail, save removing and syncing */
  DISK_IS_SHORT,    /* if it is a write it takes half; with a code, all that need room then fail */
  DISK_POWER_OFF,   /* the process is killed instead of the call */
  DISK_POWER_AFTER, /* the process is killed when the call is done */
} DiskFault;

/* From now on the @nth call (1: the next) meets @fault; @code: the errno that it fails with. */
void disk_faults_arm (guint nth, DiskFault fault, int code);

/* The same, for the two faults that kill; what is sent and received on sockets counts too. */
void disk_faults_arm_network (guint nth, DiskFault fault);

/* The same, for the calls that open, look at and read files that are there, and no others. */
void disk_faults_arm_reading (guint nth, int code);

/* Nothing fails any more. Returns how many calls were counted since it was armed. */
guint disk_faults_disarm (void);

G_END_DECLS
