// SPDX-License-Identifier: MIT
// The plug-in's half. ProsoftModule: a loaded module; ProsoftPlugin: one instance, whose Dispose closes
// its pages and its project and destroys it. All of [main].
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Prosoft.Native;

namespace Prosoft
{
    // Never unloaded: the module pins itself (R12).
    public sealed class ProsoftModule : IDisposable
    {
        const int RTLD_NOW = 2;
        const uint LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR = 0x100, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS = 0x1000;

        readonly Entry entry;

        // `path` is absolute.
        public ProsoftModule(string path)
        {
            IntPtr found = Find(path);
            Error error = new Error();

            if (found == IntPtr.Zero)
                throw new ProsoftException(
                    path + " is no module for PROSOFT: it has no " + Abi.PROSOFT_ENTRY_SYMBOL);
            // The version first: of another one nothing else is known.
            uint major = (uint)Marshal.ReadInt32(found);
            if (major != Abi.PROSOFT_ABI_MAJOR)
                throw new ProsoftException(
                    path + " is for version " + major + " of the interface, this host for "
                    + Abi.PROSOFT_ABI_MAJOR + "; update the older of the two",
                    Abi.PROSOFT_E_UNSUPPORTED);
            entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry));
            int result = entry.init(Utf8.Bytes(path), ref error);
            if (result != Abi.PROSOFT_OK)
                throw new ProsoftException(path + " refuses: " + ProsoftPlugin.MessageOf(ref error), result);
        }

        public void Dispose()
        {
            entry.deinit();
        }

        // The prosoft_plugin_factory_t, or zero.
        public IntPtr Factory
        {
            get { return entry.get_factory(Utf8.Bytes(Abi.PROSOFT_PLUGIN_FACTORY_ID)); }
        }

        static IntPtr Find(string path)
        {
            if (Path.DirectorySeparatorChar != '\\')
            {
                IntPtr library = dlopen(Utf8.Bytes(path), RTLD_NOW); // and RTLD_LOCAL, which is 0
                if (library == IntPtr.Zero)
                    throw new ProsoftException("cannot load " + path + ": " + Utf8.Text(dlerror()));
                return dlsym(library, Utf8.Bytes(Abi.PROSOFT_ENTRY_SYMBOL));
            }
            // Its own folder first, never the working directory or PATH.
            IntPtr module = LoadLibraryExW(
                path, IntPtr.Zero, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
            if (module == IntPtr.Zero)
                throw new ProsoftException("cannot load " + path + ": " + new Win32Exception().Message);
            return GetProcAddress(module, Utf8.Bytes(Abi.PROSOFT_ENTRY_SYMBOL));
        }

        [DllImport("libdl.so.2")]
        static extern IntPtr dlopen(byte[] path, int flags);
        [DllImport("libdl.so.2")]
        static extern IntPtr dlsym(IntPtr library, byte[] name);
        [DllImport("libdl.so.2")]
        static extern IntPtr dlerror();
        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr LoadLibraryExW(string path, IntPtr file, uint flags);
        [DllImport("kernel32.dll")]
        static extern IntPtr GetProcAddress(IntPtr module, byte[] name);
    }

    // An open project's bytes; called on [main], until CloseProject. Dispose it after that.
    public sealed class ProsoftReader : IDisposable
    {
        readonly Stream stream;
        readonly Reader table; // holds the delegates

        // The prosoft_reader_t.
        public readonly IntPtr Table = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(Reader)));

        // The stream can seek, and is the reader's from now on.
        public ProsoftReader(Stream stream)
        {
            this.stream = stream;
            table = new Reader { size = OnSize, read = OnRead };
            Marshal.StructureToPtr(table, Table, false);
        }

        public void Dispose()
        {
            stream.Dispose();
            Marshal.FreeHGlobal(Table);
        }

        long OnSize(IntPtr self)
        {
            try
            {
                return stream.Length;
            }
            catch (Exception)
            {
                return Abi.PROSOFT_E_IO;
            }
        }

        long OnRead(IntPtr self, long offset, IntPtr buffer, long capacity)
        {
            try
            {
                byte[] bytes = new byte[(int)Math.Min(capacity, 65536)]; // short reads are allowed
                stream.Position = offset;
                int got = stream.Read(bytes, 0, bytes.Length);
                Marshal.Copy(bytes, 0, buffer, got);
                return got;
            }
            catch (Exception)
            {
                return Abi.PROSOFT_E_IO;
            }
        }
    }

    public sealed class ProsoftPlugin : IDisposable
    {
        readonly ProsoftHost host; // must not be collected before this
        readonly IntPtr self;
        readonly Plugin plugin;
        readonly PluginProject project;
        readonly PluginPages pages;
        readonly PluginOperations operations;
        readonly PluginSessionGate gate;
        readonly List<ulong> views = new List<ulong>();
        string openProject = "";

        public readonly string Id;

        public ProsoftPlugin(ProsoftModule module, ProsoftHost host)
        {
            IntPtr factoryTable = module.Factory, what = IntPtr.Zero;
            PluginFactory factory = Read<PluginFactory>(factoryTable);
            Error error = new Error();

            this.host = host;
            if (factoryTable != IntPtr.Zero)
                what = factory.descriptor(factoryTable, 0);
            if (what == IntPtr.Zero)
                throw new ProsoftException("there is no plug-in in the module", Abi.PROSOFT_E_NOT_FOUND);
            PluginDescriptor descriptor = Read<PluginDescriptor>(what);
            self = factory.create(factoryTable, host.Table, descriptor.id, ref error);
            plugin = Read<Plugin>(self);
            int result = self != IntPtr.Zero ? plugin.init(self, ref error) : error.code;
            if (self != IntPtr.Zero && result != Abi.PROSOFT_OK)
                plugin.destroy(self);
            if (self == IntPtr.Zero || result != Abi.PROSOFT_OK)
                throw new ProsoftException(
                    Utf8.Text(descriptor.name) + " does not start: " + MessageOf(ref error), result);
            Id = Utf8.Text(descriptor.id);
            project = Read<PluginProject>(Table(Abi.PROSOFT_EXT_PROJECT));
            pages = Read<PluginPages>(Table(Abi.PROSOFT_EXT_PAGES));
            operations = Read<PluginOperations>(Table(Abi.PROSOFT_EXT_OPERATIONS));
            gate = Read<PluginSessionGate>(Table(Abi.PROSOFT_EXT_SESSION_GATE));
        }

        public void Dispose()
        {
            foreach (ulong view in views)
                pages.close(self, view);
            CloseProject();
            plugin.destroy(self);
            GC.KeepAlive(host);
        }

        // The answer to ProsoftHost.Wake, from the main loop.
        public void OnMainThread()
        {
            plugin.on_main_thread(self);
        }

        // `path` is for texts only, and may be "". Dispose the reader after CloseProject.
        public void OpenProject(string id, string path, ProsoftReader reader)
        {
            Error error = new Error();
            ProjectInfo info = new ProjectInfo
            {
                struct_size = SizeOf<ProjectInfo>(), id = Utf8.Alloc(id), path = Utf8.Alloc(path)
            };

            try
            {
                Need(project.opened);
                Check(project.opened(self, ref info, reader.Table, ref error), ref error);
                openProject = id;
            }
            finally
            {
                Marshal.FreeHGlobal(info.id);
                Marshal.FreeHGlobal(info.path);
            }
        }

        public void CloseProject()
        {
            if (openProject != "")
                project.closed(self, Utf8.Bytes(openProject));
            openProject = "";
        }

        // The id of a page, "" behind the last.
        public string Page(uint index)
        {
            IntPtr info = pages.info != null ? pages.info(self, index) : IntPtr.Zero;

            return Utf8.Text(Read<PageInfo>(info).id);
        }

        public void OpenPage(string page, ulong view)
        {
            Error error = new Error();

            Need(pages.open);
            Check(pages.open(self, Utf8.Bytes(page), view, ref error), ref error);
            views.Add(view);
        }

        public void ClosePage(ulong view)
        {
            if (views.Remove(view))
                pages.close(self, view);
        }

        // The page as JSON (page.schema.json).
        public string Render(ulong view, out long revision)
        {
            MemoryStream bytes = new MemoryStream();
            Writer writer = new Writer { write = (to, data, size) => Write(bytes, data, size) };
            int result = pages.render(self, view, ref writer, out revision);

            GC.KeepAlive(writer);
            if (result < 0)
                throw new ProsoftException("the page cannot be rendered", result);
            return Encoding.UTF8.GetString(bytes.ToArray());
        }

        public ulong Invoke(ulong view, long revision, string action, string inputs = "")
        {
            ulong op;
            Error error = new Error();
            PageCall call = new PageCall
            {
                struct_size = SizeOf<PageCall>(), view = view, revision = revision,
                action_id = Utf8.Alloc(action), inputs_json = Utf8.Alloc(inputs)
            };

            try
            {
                Need(pages.invoke);
                Check(pages.invoke(self, ref call, out op, ref error), ref error);
                return op;
            }
            finally
            {
                Marshal.FreeHGlobal(call.action_id);
                Marshal.FreeHGlobal(call.inputs_json);
            }
        }

        // ProsoftHost.Decided brings the answer. `installation` "": the open project.
        public ulong CheckSession(string installation, string site, int timeoutMs)
        {
            ulong op;
            GateRequest request = new GateRequest
            {
                struct_size = SizeOf<GateRequest>(), kind = Abi.PROSOFT_SESSION_REMOTE,
                installation_id = Utf8.Alloc(installation), site_name = Utf8.Alloc(site)
            };

            try
            {
                Need(gate.check);
                int result = gate.check(self, ref request, timeoutMs, out op);
                if (result != Abi.PROSOFT_OK)
                    throw new ProsoftException("the gate cannot be asked", result);
                return op;
            }
            finally
            {
                Marshal.FreeHGlobal(request.installation_id);
                Marshal.FreeHGlobal(request.site_name);
            }
        }

        public void SessionEnded(ulong session)
        {
            gate.session_ended(self, session);
        }

        // A request: the operation still ends with its one completion (R10).
        public void Cancel(ulong op)
        {
            if (operations.cancel != null)
                operations.cancel(self, op);
        }

        public static unsafe string MessageOf(ref Error error)
        {
            fixed (byte* message = error.message)
                return Utf8.Text((IntPtr)message);
        }

        IntPtr Table(string id)
        {
            return plugin.get_extension(self, Utf8.Bytes(id));
        }

        // A struct of the plug-in's; all its functions are null when there is none.
        static Struct Read<Struct>(IntPtr theirs) where Struct : struct
        {
            if (theirs == IntPtr.Zero)
                return new Struct();
            return (Struct)Marshal.PtrToStructure(theirs, typeof(Struct));
        }

        static uint SizeOf<Struct>()
        {
            return (uint)Marshal.SizeOf(typeof(Struct));
        }

        static void Need(Delegate function)
        {
            if (function == null)
                throw new ProsoftException("the plug-in cannot do this", Abi.PROSOFT_E_UNSUPPORTED);
        }

        static void Check(int result, ref Error error)
        {
            if (result < 0)
                throw new ProsoftException(MessageOf(ref error), result);
        }

        static int Write(Stream to, IntPtr data, long size)
        {
            try
            {
                byte[] bytes = new byte[size];
                Marshal.Copy(data, bytes, 0, bytes.Length);
                to.Write(bytes, 0, bytes.Length);
                return Abi.PROSOFT_OK;
            }
            catch (Exception)
            {
                return Abi.PROSOFT_E_MEMORY;
            }
        }
    }
}
