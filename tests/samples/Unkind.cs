// SPDX-License-Identifier: MIT
// A host that throws whatever it is asked: nothing of it may reach the plug-in (R9). The garbage is
// collected all the while, and with it any delegate that nobody keeps.
// unkind MODULE: prints what threw, and "survived".
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Prosoft;

sealed class Unkind : ProsoftHost
{
    public readonly AutoResetEvent Asked = new AutoResetEvent(false);
    public readonly SortedSet<string> Thrown = new SortedSet<string>(StringComparer.Ordinal);

    public Unkind() : base("Unkind host", "", "1.0") { }

    Exception Fall(string what)
    {
        lock (Thrown)
            Thrown.Add(what);
        return new InvalidOperationException(what);
    }

    public bool Has(string what)
    {
        lock (Thrown)
            return Thrown.Contains(what);
    }

    protected override void Wake()
    {
        Asked.Set();
        throw Fall("wake");
    }

    protected override void Log(int severity, string domain, string text) { throw Fall("log"); }
    protected override string Environment(string key) { throw Fall("environment"); }
    protected override void Progress(ulong op, double fraction, string text) { throw Fall("progress"); }
    protected override void Completed(ulong op, int result, string message) { throw Fall("completed"); }
    protected override void Changed(ulong view, long revision) { throw Fall("changed"); }
    protected override void Decided(ulong op, Decision it, ulong session) { throw Fall("decided"); }
    protected override void Notice(ulong session, Decision it) { throw Fall("notice"); }
    protected override void Event(int kind, string text) { throw Fall("event"); }
    protected override bool OpenUri(string uri) { throw Fall("open_uri"); }
    protected override void Failed(Exception why) { throw new InvalidOperationException("and again"); }
}

// Has a length, and no bytes.
sealed class NoStream : MemoryStream
{
    public override long Length { get { return 1000; } }
    public override int Read(byte[] buffer, int offset, int count) { throw new IOException("read"); }
}

static class Program
{
    // False as long as the page is not that far.
    static bool Press(ProsoftPlugin plugin)
    {
        long revision;

        try
        {
            plugin.Render(1, out revision);
            plugin.Invoke(1, revision, "explain.configuration");
            return true;
        }
        catch (ProsoftException)
        {
            return false;
        }
    }

    static int Main(string[] arguments)
    {
        Stopwatch watch = Stopwatch.StartNew();
        bool pressed = false;

        using (var host = new Unkind())
        {
            using (var module = new ProsoftModule(arguments[0]))
            using (var reader = new ProsoftReader(new NoStream()))
            using (var plugin = new ProsoftPlugin(module, host))
            {
                plugin.OpenProject("project", "", reader);
                plugin.OpenPage(plugin.Page(0), 1);
                plugin.CheckSession("", "Site", 0);
                while (!host.Has("decided") || !host.Has("completed"))
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    if (host.Asked.WaitOne(10))
                        plugin.OnMainThread();
                    pressed = pressed || Press(plugin);
                    if (watch.ElapsedMilliseconds > 20000)
                        return 1;
                }
            }
            Console.WriteLine(string.Join(" ", host.Thrown) + " survived");
        }
        return 0;
    }
}
