// SPDX-License-Identifier: MIT
// The host's half: derive from ProsoftHost. What the interface demands of every host is done here: no
// exception crosses the line (R9), tables and delegates live until Dispose (R11), unknown ids are NULL
// (R14), texts of a decision are copied (R7), and nothing but allowed == 1 admits.
// What is left to you: [any] methods arrive from other threads (R4), and no method may call the plug-in
// back from inside (R6).
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Prosoft.Native;

namespace Prosoft
{
    public class ProsoftException : Exception
    {
        public readonly int Code;

        public ProsoftException(string message, int code = Abi.PROSOFT_E_FAILED) : base(message)
        {
            Code = code;
        }
    }

    // Text over the line: UTF-8 with a NUL. NULL is "" on this side.
    public static class Utf8
    {
        public static string Text(IntPtr text)
        {
            int size = 0;

            if (text == IntPtr.Zero)
                return "";
            while (Marshal.ReadByte(text, size) != 0)
                size++;
            byte[] bytes = new byte[size];
            Marshal.Copy(text, bytes, 0, size);
            return Encoding.UTF8.GetString(bytes);
        }

        public static byte[] Bytes(string text)
        {
            return Encoding.UTF8.GetBytes(text + "\0");
        }

        // For a struct's member; "" is NULL. Marshal.FreeHGlobal frees it.
        public static IntPtr Alloc(string text)
        {
            byte[] bytes = Bytes(text);
            IntPtr copy = text == "" ? IntPtr.Zero : Marshal.AllocHGlobal(bytes.Length);

            if (copy != IntPtr.Zero)
                Marshal.Copy(bytes, 0, copy, bytes.Length);
            return copy;
        }
    }

    public struct Button
    {
        public string Id, Label, Target;
        public int Kind;
    }

    public class Decision
    {
        public readonly bool Allowed;
        public readonly int Outcome;
        public readonly long ValidUntil;
        public readonly string Code = "", Cause = "", Was = "", Message = "", Details = "", PageId = "";
        public readonly List<Button> Buttons = new List<Button>();

        // A refusal when it is too short to say anything (R3). All of GateDecision is of version 1; what is
        // added to it one day is read only when struct_size says that it is there.
        public Decision(IntPtr theirs)
        {
            if (theirs == IntPtr.Zero || Marshal.ReadInt32(theirs) < Abi.PROSOFT_GATE_DECISION_SIZE_V1)
                return;
            GateDecision it = (GateDecision)Marshal.PtrToStructure(theirs, typeof(GateDecision));
            Allowed = it.allowed == 1;
            Outcome = it.outcome;
            ValidUntil = it.valid_until;
            Code = Utf8.Text(it.code);
            Cause = Utf8.Text(it.cause);
            Was = Utf8.Text(it.was);
            Message = Utf8.Text(it.message);
            Details = Utf8.Text(it.details);
            PageId = Utf8.Text(it.page_id);
            for (int i = 0; it.buttons != IntPtr.Zero && i < it.n_buttons; i++)
                Buttons.Add(ReadButton(it.buttons + i * Marshal.SizeOf(typeof(GateButton))));
        }

        static Button ReadButton(IntPtr theirs)
        {
            GateButton it = (GateButton)Marshal.PtrToStructure(theirs, typeof(GateButton));

            return new Button
            {
                Id = Utf8.Text(it.id), Label = Utf8.Text(it.label), Target = Utf8.Text(it.target),
                Kind = it.kind
            };
        }
    }

    public abstract class ProsoftHost : IDisposable
    {
        readonly int main = Thread.CurrentThread.ManagedThreadId;
        readonly Dictionary<string, IntPtr> tables = new Dictionary<string, IntPtr>();
        readonly List<IntPtr> owned = new List<IntPtr>();
        // What a plug-in calls must not be collected: these structs hold the delegates.
        readonly List<object> alive = new List<object>();

        // The prosoft_host_t.
        public readonly IntPtr Table;

        // Make it on the thread that pumps the windows: it is [main] from now on.
        protected ProsoftHost(string name, string vendor, string version)
        {
            Table = Keep(new Host
            {
                abi = new Native.Version
                {
                    major = Abi.PROSOFT_ABI_MAJOR, minor = Abi.PROSOFT_ABI_MINOR
                },
                name = Own(Utf8.Alloc(name)),
                vendor = Own(Utf8.Alloc(vendor)),
                version = Own(Utf8.Alloc(version)),
                get_extension = OnGetExtension,
                request_callback = self => Guard(Wake)
            });
            tables[Abi.PROSOFT_EXT_LOG] = Keep(new HostLog { log = OnLog });
            tables[Abi.PROSOFT_EXT_THREAD_CHECK] = Keep(new HostThreadCheck
            {
                is_main_thread = self => Thread.CurrentThread.ManagedThreadId == main ? 1 : 0
            });
            tables[Abi.PROSOFT_EXT_ENVIRONMENT] = Keep(new HostEnvironment { get = OnGet });
            tables[Abi.PROSOFT_EXT_OPERATIONS] = Keep(new HostOperations
            {
                progress = OnProgress, completed = OnCompleted
            });
            tables[Abi.PROSOFT_EXT_PAGES] = Keep(new HostPages
            {
                rescan = self => Guard(Rescan), changed = OnChanged
            });
            tables[Abi.PROSOFT_EXT_SESSION_GATE] = Keep(new HostSessionGate
            {
                decided = OnDecided, notice = OnNotice, @event = OnEvent
            });
            tables[Abi.PROSOFT_EXT_OPEN_URI] = Keep(new HostOpenUri { open = OnOpenUri });
        }

        // After the plug-in's.
        public void Dispose()
        {
            foreach (IntPtr memory in owned)
                Marshal.FreeHGlobal(memory);
            owned.Clear();
            GC.KeepAlive(alive);
        }

        // [any] Posts a message to the main loop, which calls ProsoftPlugin.OnMainThread:
        // Dispatcher.BeginInvoke, Control.BeginInvoke, SynchronizationContext.Post. Never calls it here.
        protected abstract void Wake();
        // [any] One finished line.
        protected abstract void Log(int severity, string domain, string text);
        // The value of a PROSOFT_ENV_ key, "" for one that you do not have.
        protected abstract string Environment(string key);
        protected abstract void Progress(ulong op, double fraction, string text);
        protected abstract void Completed(ulong op, int result, string message);
        // Ask for the pages again, later.
        protected virtual void Rescan() { }
        // Render the view again, later.
        protected abstract void Changed(ulong view, long revision);
        protected abstract void Decided(ulong op, Decision decision, ulong session);
        protected abstract void Notice(ulong session, Decision decision);
        protected abstract void Event(int kind, string text);
        // False for what is not https, or http to this machine in the sandbox.
        protected abstract bool OpenUri(string uri);
        // [any] What went wrong in one of these methods; it went no further.
        protected abstract void Failed(Exception why);
        // [any] A table beyond those that every host has, made by Keep() beforehand.
        protected virtual IntPtr Extension(string id) { return IntPtr.Zero; }

        // A table as the plug-in sees it; it and its delegates live until Dispose.
        protected IntPtr Keep(object table)
        {
            IntPtr memory = Own(Marshal.AllocHGlobal(Marshal.SizeOf(table)));

            Marshal.StructureToPtr(table, memory, false);
            alive.Add(table);
            return memory;
        }

        IntPtr Own(IntPtr memory)
        {
            owned.Add(memory);
            return memory;
        }

        // Nothing that a host throws may run through the frames of a plug-in.
        void Guard(Action body)
        {
            try
            {
                body();
            }
            catch (Exception error)
            {
                try
                {
                    Failed(error);
                }
                catch (Exception)
                {
                    // Nobody is left to tell.
                }
            }
        }

        IntPtr OnGetExtension(IntPtr self, IntPtr id)
        {
            IntPtr table = IntPtr.Zero;

            Guard(() =>
            {
                string name = Utf8.Text(id);

                if (!tables.TryGetValue(name, out table))
                    table = Extension(name);
            });
            return table;
        }

        void OnLog(IntPtr self, int severity, IntPtr domain, IntPtr text)
        {
            Guard(() => Log(severity, Utf8.Text(domain), Utf8.Text(text)));
        }

        int OnGet(IntPtr self, IntPtr key, IntPtr buffer, int capacity)
        {
            int needed = 0;

            Guard(() =>
            {
                string value = Environment(Utf8.Text(key));
                byte[] bytes = Utf8.Bytes(value);

                if (value != "" && bytes.Length <= capacity)
                    Marshal.Copy(bytes, 0, buffer, bytes.Length);
                needed = value != "" ? bytes.Length : 0;
            });
            return needed;
        }

        void OnProgress(IntPtr self, ulong op, double fraction, IntPtr text)
        {
            Guard(() => Progress(op, fraction, Utf8.Text(text)));
        }

        void OnCompleted(IntPtr self, IntPtr completion)
        {
            Guard(() =>
            {
                if (Marshal.ReadInt32(completion) < Abi.PROSOFT_COMPLETION_SIZE_V1)
                    return;
                Completion it = (Completion)Marshal.PtrToStructure(completion, typeof(Completion));
                Completed(it.op, it.result, Utf8.Text(it.message));
            });
        }

        void OnChanged(IntPtr self, ulong view, long revision)
        {
            Guard(() => Changed(view, revision));
        }

        void OnDecided(IntPtr self, ulong op, IntPtr decision, ulong session)
        {
            Guard(() => Decided(op, new Decision(decision), session));
        }

        void OnNotice(IntPtr self, ulong session, IntPtr decision)
        {
            Guard(() => Notice(session, new Decision(decision)));
        }

        void OnEvent(IntPtr self, IntPtr what)
        {
            Guard(() =>
            {
                if (Marshal.ReadInt32(what) < Abi.PROSOFT_GATE_EVENT_SIZE_V1)
                    return;
                GateEvent it = (GateEvent)Marshal.PtrToStructure(what, typeof(GateEvent));
                Event(it.kind, Utf8.Text(it.text));
            });
        }

        int OnOpenUri(IntPtr self, IntPtr uri)
        {
            int result = Abi.PROSOFT_E_FAILED;

            Guard(() => result = OpenUri(Utf8.Text(uri)) ? Abi.PROSOFT_OK : Abi.PROSOFT_E_INVALID);
            return result;
        }
    }
}
