// SPDX-License-Identifier: MIT
// From nothing to a page on screen in C#: 1. load, 2. make, 3. pump. Then it presses actions and asks
// the gate.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using Prosoft;

namespace Sample
{
    // What a plug-in may ask of this program.
    sealed class SampleHost : ProsoftHost
    {
        // The queue of [main]. A program with windows has one already: its Dispatcher.
        public readonly BlockingCollection<Action> Messages = new BlockingCollection<Action>();
        public readonly Dictionary<string, string> Settings = new Dictionary<string, string>();
        public ProsoftPlugin Plugin;
        public bool IsSandbox, PageChanged, Admitted;
        public ulong CompletedOp, DecidedOp, Session;
        public int Result;
        public string Answer = "";

        public SampleHost() : base("Sample host", "PROSOFT plug-in interface", "5.1.2.0") { }

        protected override void Wake()
        {
            Messages.Add(() =>
            {
                if (Plugin != null)
                    Plugin.OnMainThread();
            });
        }

        protected override void Log(int severity, string domain, string text)
        {
            if (severity >= Abi.PROSOFT_LOG_WARNING)
                Console.Error.WriteLine("log " + severity + ": " + domain + ": " + text);
        }

        protected override string Environment(string key)
        {
            string value;

            return Settings.TryGetValue(key, out value) ? value : "";
        }

        protected override void Progress(ulong op, double fraction, string text)
        {
            Console.Error.WriteLine("working: " + text);
        }

        protected override void Completed(ulong op, int result, string message)
        {
            CompletedOp = op;
            Result = result;
            if (message != "")
                Console.Error.WriteLine("done: " + message);
        }

        // Only noted: rendering now would be a call while the plug-in is on the stack (R6).
        protected override void Changed(ulong view, long revision)
        {
            PageChanged = true;
        }

        protected override void Decided(ulong op, Decision it, ulong session)
        {
            string[] outcomes = { "?", "allow", "note", "wait", "deny" };
            StringBuilder text = new StringBuilder();

            DecidedOp = op;
            Admitted = it.Allowed;
            Session = session;
            text.Append("gate: " + (it.Allowed ? "admitted" : "refused") + ", "
                        + outcomes[it.Outcome >= 1 && it.Outcome <= 4 ? it.Outcome : 0] + ", "
                        + (it.Code != "" ? it.Code : "?") + "\n");
            if (it.Cause != "")
                text.Append("  cause: " + it.Cause + "\n");
            if (it.Message != "")
                text.Append("  message: " + it.Message + "\n");
            foreach (Button button in it.Buttons)
                text.Append("  button: " + button.Id + ", " + button.Label + "\n");
            Answer = text.ToString();
        }

        protected override void Notice(ulong session, Decision it)
        {
            Console.Error.WriteLine("notice: " + it.Message);
        }

        protected override void Event(int kind, string text)
        {
            Console.Error.WriteLine("event: " + text);
        }

        // A host with windows hands the address to the system: Process.Start with UseShellExecute.
        protected override bool OpenUri(string uri)
        {
            bool secure = uri.StartsWith("https://", StringComparison.Ordinal);

            if (!secure && !(IsSandbox && IsThisMachine(uri)))
                return false;
            Console.Error.WriteLine("open in a browser: " + uri);
            return true;
        }

        protected override void Failed(Exception why)
        {
            Console.Error.WriteLine("host: in a call of the plug-in's: " + why.Message);
        }

        // An address, since a name can be made to mean another machine, and no user name before it.
        static bool IsThisMachine(string uri)
        {
            int end = "http://".Length;

            while (end < uri.Length && "[]:0123456789.".IndexOf(uri[end]) >= 0)
                end++;
            return (uri.StartsWith("http://127.", StringComparison.Ordinal)
                    || uri.StartsWith("http://[::1]", StringComparison.Ordinal))
                   && (end == uri.Length || "/?#".IndexOf(uri[end]) >= 0);
        }
    }

    sealed class Program
    {
        const ulong View = 1;
        const int NoticeMs = 5000;
        const string Usage =
            "usage: host MODULE FILE.nbt DATA-DIR CACHE-DIR [SANDBOX-DIR]\n"
            + "            [--press ACTION]... [--ask TIMES] [--timeout MS]\n"
            + "Opens the file, prints the page of the plug-in, presses the actions, asks the gate.";

        readonly List<string> words = new List<string>(), presses = new List<string>();
        readonly TextWriter output;
        int asks = 1, timeout = 20000;
        string page = "";
        long revision;

        Program(TextWriter output)
        {
            this.output = output;
        }

        void Run(SampleHost host)
        {
            SetUp(host);

            // 1. Load: checks the version before anything is called.
            using (var module = new ProsoftModule(Path.GetFullPath(words[0])))
            using (var reader = new ProsoftReader(OpenFile(words[1]))) // outlives the plug-in
            // 2. Make: from here on the tables of both sides are valid.
            using (var plugin = new ProsoftPlugin(module, host))
            {
                host.Plugin = plugin;
                output.Write("plug-in: " + plugin.Id + "\n");

                // 3. Pump: open what there is to show, and draw the page when the plug-in says so.
                plugin.OpenPage(plugin.Page(0), View);
                host.PageChanged = true;
                Await(host, () => IsPageThere(host), "the page");
                plugin.OpenProject("the-open-project", words[1], reader);
                AwaitPage(host);
                output.Write(PageText.Draw(page));

                foreach (string action in presses)
                    Press(host, action);
                for (int i = 0; i < asks; i++)
                    AskGate(host);
                host.Plugin = null;
            }
        }

        // The main loop, until it holds or the time is up.
        static bool Pump(SampleHost host, int timeout, Func<bool> holds)
        {
            Stopwatch watch = Stopwatch.StartNew();
            Action message;

            while (!holds())
            {
                int left = timeout - (int)watch.ElapsedMilliseconds;
                if (left <= 0)
                    return false;
                if (host.Messages.TryTake(out message, left))
                    message();
            }
            return true;
        }

        void Await(SampleHost host, Func<bool> holds, string what)
        {
            if (!Pump(host, timeout, holds))
                throw new ProsoftException(what + " was not there in time", Abi.PROSOFT_E_TIMEOUT);
        }

        // Renders what has changed; a page that is not loading any more can be shown.
        bool IsPageThere(SampleHost host)
        {
            if (host.PageChanged)
            {
                host.PageChanged = false;
                page = host.Plugin.Render(View, out revision);
            }
            return PageText.Text(Json.Parse(page), "state") != "loading";
        }

        // What a window need not know, since it draws every revision: the first page that knows the
        // project is newer than the one of before. A plug-in with nothing to say of it keeps its page.
        void AwaitPage(SampleHost host)
        {
            long before = revision;

            Pump(host, Math.Min(timeout, NoticeMs), () => IsPageThere(host) && revision > before);
            Await(host, () => IsPageThere(host), "the page");
        }

        void Press(SampleHost host, string action)
        {
            ulong op = host.Plugin.Invoke(View, revision, action);

            Await(host, () => host.CompletedOp == op, "the end of " + action);
            output.Write("pressed: " + action + ", " + host.Result + "\n");
            Await(host, () => IsPageThere(host), "the page");
        }

        // May this remote session start? No answer is a no.
        void AskGate(SampleHost host)
        {
            ulong op = host.Plugin.CheckSession("", "Sample", 0);

            if (!Pump(host, timeout, () => host.DecidedOp == op))
            {
                host.Plugin.Cancel(op); // it ends all the same, with its one decision (R10)
                Await(host, () => host.DecidedOp == op, "the gate's answer");
            }
            output.Write(host.Answer);
            if (host.Admitted)
                host.Plugin.SessionEnded(host.Session); // the session would run before that
        }

        // Others may have the file open, too.
        static Stream OpenFile(string path)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read,
                                      FileShare.ReadWrite | FileShare.Delete);
            }
            catch (Exception error)
            {
                throw new ProsoftException("cannot open " + path + ": " + error.Message);
            }
        }

        void SetUp(SampleHost host)
        {
            host.Settings[Abi.PROSOFT_ENV_LOCALE] = "en";
            host.Settings[Abi.PROSOFT_ENV_THEME] = "light";
            host.Settings[Abi.PROSOFT_ENV_DATA_DIR] = words[2];
            host.Settings[Abi.PROSOFT_ENV_CACHE_DIR] = words[3];
            host.Settings[Abi.PROSOFT_ENV_PROXY] = "direct";
            host.Settings[Abi.PROSOFT_ENV_PROSOFT_VERSION] = "5.1.2.0";
            if (words.Count < 5)
                return;
            object urls = Json.Parse(File.ReadAllText(Path.Combine(words[4], "urls.json")));
            host.Settings[Abi.PROSOFT_ENV_TTCLOUD_URL] = PageText.Text(urls, "ttcloud_url");
            host.Settings[Abi.PROSOFT_ENV_TTECOMM_URL] = PageText.Text(urls, "ttecomm_url");
            host.Settings[Abi.PROSOFT_ENV_CLOCK_OFFSET] = PageText.Text(urls, "offset_seconds");
            host.Settings[Abi.PROSOFT_ENV_TTCLOUD_TRUST]
                = File.ReadAllText(Path.Combine(words[4], "trust.json"));
            host.Settings[Abi.PROSOFT_ENV_TTCLOUD_CA]
                = File.ReadAllText(Path.Combine(words[4], "ca.pem"));
            host.IsSandbox = true;
        }

        bool ReadOption(string name, string value)
        {
            if (name == "--press")
                presses.Add(value);
            else if (name == "--ask")
                return int.TryParse(value, out asks);
            else if (name == "--timeout")
                return int.TryParse(value, out timeout);
            else
                return false;
            return true;
        }

        bool ReadArguments(string[] arguments)
        {
            for (int i = 0; i < arguments.Length; i++)
                if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
                    words.Add(arguments[i]);
                else if (i + 1 == arguments.Length || !ReadOption(arguments[i], arguments[++i]))
                    return false;
            return words.Count == 4 || words.Count == 5;
        }

        static int Main(string[] arguments)
        {
            // UTF-8 as it is, whatever the console speaks.
            using (var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)))
            {
                Program program = new Program(output);

                if (!program.ReadArguments(arguments))
                {
                    Console.Error.WriteLine(Usage);
                    return 2;
                }
                try
                {
                    using (var host = new SampleHost())
                        program.Run(host);
                    return 0;
                }
                catch (Exception error)
                {
                    Console.Error.WriteLine("host: " + error.Message);
                    return 1;
                }
            }
        }
    }
}
