/* SPDX-License-Identifier: MIT */
/* A module that is no plug-in. */
extern int specimen_nothing;
int specimen_nothing = 1;
