// SPDX-License-Identifier: MIT
// The plug-in interface as C# has it: the structs of api/prosoft/*.h, field for field, and the numbers
// and ids with their names there. For .NET Framework 4.5, Mono and .NET; what is built on it is in
// ProsoftHost.cs and ProsoftPlugin.cs.
//
// Strings are UTF-8 with a NUL (R8), so they cross as IntPtr or byte[], never as string. A struct whose
// fields are delegates is a table of functions: whoever gives one to a plug-in keeps the struct, or the
// delegates are collected while the plug-in still calls them.
using System;
using System.Runtime.InteropServices;

namespace Prosoft
{
    public static class Abi
    {
        public const string PROSOFT_ENTRY_SYMBOL = "prosoft_entry";
        public const string PROSOFT_PLUGIN_FACTORY_ID = "prosoft.plugin-factory/1";

        public const uint PROSOFT_ABI_MAJOR = 1;
        public const uint PROSOFT_ABI_MINOR = 0;

        public const int PROSOFT_OK = 0;
        public const int PROSOFT_E_FAILED = -1;
        public const int PROSOFT_E_INVALID = -2;
        public const int PROSOFT_E_STALE = -3;
        public const int PROSOFT_E_CANCELLED = -4;
        public const int PROSOFT_E_UNSUPPORTED = -5;
        public const int PROSOFT_E_BUSY = -6;
        public const int PROSOFT_E_WRONG_THREAD = -7;
        public const int PROSOFT_E_MEMORY = -8;
        public const int PROSOFT_E_IO = -9;
        public const int PROSOFT_E_FORMAT = -10;
        public const int PROSOFT_E_TOO_LARGE = -11;
        public const int PROSOFT_E_NOT_FOUND = -12;
        public const int PROSOFT_E_TIMEOUT = -13;

        public const string PROSOFT_EXT_LOG = "prosoft.log/1";
        public const string PROSOFT_EXT_THREAD_CHECK = "prosoft.thread-check/1";
        public const string PROSOFT_EXT_ENVIRONMENT = "prosoft.environment/1";
        public const string PROSOFT_EXT_OPERATIONS = "prosoft.operations/1";
        public const string PROSOFT_EXT_PROJECT = "prosoft.project/1";
        public const string PROSOFT_EXT_PAGES = "prosoft.pages/1";
        public const string PROSOFT_EXT_SESSION_GATE = "prosoft.session-gate/1";
        public const string PROSOFT_EXT_OPEN_URI = "prosoft.open-uri/1";
        public const string PROSOFT_EXT_ATTENTION = "prosoft.attention/1";
        public const string PROSOFT_EXT_FILES = "prosoft.files/1";
        public const string PROSOFT_EXT_SECRETS = "prosoft.secrets/1";

        public const int PROSOFT_LOG_DEBUG = 0;
        public const int PROSOFT_LOG_INFO = 1;
        public const int PROSOFT_LOG_WARNING = 2;
        public const int PROSOFT_LOG_ERROR = 3;
        public const int PROSOFT_LOG_HOST_MISBEHAVING = 4;
        public const int PROSOFT_LOG_PLUGIN_MISBEHAVING = 5;

        public const string PROSOFT_ENV_LOCALE = "locale";
        public const string PROSOFT_ENV_THEME = "theme";
        public const string PROSOFT_ENV_DATA_DIR = "data-dir";
        public const string PROSOFT_ENV_CACHE_DIR = "cache-dir";
        public const string PROSOFT_ENV_PROXY = "proxy";
        public const string PROSOFT_ENV_PROSOFT_VERSION = "prosoft-version";
        public const string PROSOFT_ENV_TTCLOUD_URL = "ttcloud-url";
        public const string PROSOFT_ENV_TTECOMM_URL = "ttecomm-url";
        public const string PROSOFT_ENV_TTCLOUD_TRUST = "ttcloud-trust";
        public const string PROSOFT_ENV_TTCLOUD_CA = "ttcloud-ca";
        public const string PROSOFT_ENV_CLOCK_OFFSET = "clock-offset";

        public const string PROSOFT_PAGE_MEDIA_TYPE = "application/vnd.prosoft.page+json;v=1";
        public const string PROSOFT_MENU_USERS_AND_SETTINGS = "extra/users-and-settings";

        public const int PROSOFT_SESSION_REMOTE = 1;
        public const int PROSOFT_GATE_ALLOW = 1;
        public const int PROSOFT_GATE_NOTE = 2;
        public const int PROSOFT_GATE_WAIT = 3;
        public const int PROSOFT_GATE_DENY = 4;
        public const int PROSOFT_GATE_BUTTON_ACTION = 1;
        public const int PROSOFT_GATE_BUTTON_URI = 2;
        public const int PROSOFT_GATE_BUTTON_RETRY = 3;
        public const int PROSOFT_GATE_BUTTON_HOST = 4;
        public const int PROSOFT_GATE_EVENT_CHANGED = 1;
        public const int PROSOFT_GATE_EVENT_ENDS_SOON = 2;
        public const int PROSOFT_GATE_EVENT_ENDED = 3;
        public const int PROSOFT_GATE_EVENT_STALE = 4;
        public const int PROSOFT_GATE_EVENT_FRESH = 5;
        public const int PROSOFT_GATE_EVENT_CLOCK_SUSPECT = 6;

        public const int PROSOFT_ATTENTION_INFO = 1;
        public const int PROSOFT_ATTENTION_WARNING = 2;
        public const int PROSOFT_ATTENTION_URGENT = 3;

        public const int PROSOFT_SECRET_MAX_SIZE = 2048;
        public const int PROSOFT_ERROR_SIZE = 512;

        // The least that a reader of a struct accepts (R3).
        public static readonly int PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1 = 8 + 5 * IntPtr.Size;
        public static readonly int PROSOFT_COMPLETION_SIZE_V1 = 16 + 2 * IntPtr.Size;
        public static readonly int PROSOFT_PROJECT_INFO_SIZE_V1 = 8 + 2 * IntPtr.Size;
        public static readonly int PROSOFT_PAGE_INFO_SIZE_V1 = 8 + 3 * IntPtr.Size;
        public static readonly int PROSOFT_PAGE_CALL_SIZE_V1 = 24 + 2 * IntPtr.Size;
        public static readonly int PROSOFT_GATE_REQUEST_SIZE_V1 = 8 + 2 * IntPtr.Size;
        public static readonly int PROSOFT_GATE_DECISION_SIZE_V1 = 24 + 7 * IntPtr.Size;
        public static readonly int PROSOFT_GATE_EVENT_SIZE_V1 = 16 + 4 * IntPtr.Size;
    }
}

namespace Prosoft.Native
{
    // Functions by the shape of their arguments: a table says with its fields' names what they do.
    // `self` is the plug-in, host, factory, reader or writer that the table belongs to.
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void Call();
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void CallSelf(IntPtr self);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr FindById(byte[] id);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int InitModule(byte[] modulePath, ref Error error);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int InitPlugin(IntPtr self, ref Error error);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr GetPluginExtension(IntPtr self, byte[] id);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr GetHostExtension(IntPtr self, IntPtr id);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate uint Count(IntPtr self);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr GetByIndex(IntPtr self, uint index);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr CreatePlugin(IntPtr self, IntPtr host, IntPtr pluginId, ref Error error);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate long GetSize(IntPtr self);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate long ReadBytes(IntPtr self, long offset, IntPtr buffer, long capacity);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int WriteBytes(IntPtr self, IntPtr data, long size);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void LogLine(IntPtr self, int severity, IntPtr domain, IntPtr text);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int IsMainThread(IntPtr self);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int GetValue(IntPtr self, IntPtr key, IntPtr buffer, int capacity);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayById(IntPtr self, byte[] id);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int CancelOperation(IntPtr self, ulong op);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayProgress(IntPtr self, ulong op, double fraction, IntPtr text);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayStruct(IntPtr self, IntPtr what);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int OpenProject(IntPtr self, ref ProjectInfo info, IntPtr reader, ref Error error);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int ChangeProject(IntPtr self, ref ProjectInfo info, IntPtr reader);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int OpenPage(IntPtr self, byte[] pageId, ulong view, ref Error error);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int RenderPage(IntPtr self, ulong view, ref Writer writer, out long revision);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int InvokeAction(IntPtr self, ref PageCall call, out ulong op, ref Error error);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayNumber(IntPtr self, ulong number);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayChanged(IntPtr self, ulong view, long revision);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int CheckSession(IntPtr self, ref GateRequest request, int timeoutMs, out ulong op);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayDecided(IntPtr self, ulong op, IntPtr decision, ulong session);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayNotice(IntPtr self, ulong session, IntPtr decision);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int OpenUri(IntPtr self, IntPtr uri);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayAttention(IntPtr self, int severity, IntPtr text, IntPtr pageId);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int SaveFile(IntPtr self, IntPtr suggestedName, IntPtr mediaType, ulong cookie);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int SaveTo(IntPtr self, ulong cookie, ref Writer writer);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int LoadSecret(IntPtr self, IntPtr key, ulong cookie);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int StoreSecret(IntPtr self, IntPtr key, IntPtr data, int size, ulong cookie);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int EraseSecret(IntPtr self, IntPtr key);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SaySecret(IntPtr self, ulong cookie, int result, byte[] data, int size);
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void SayStored(IntPtr self, ulong cookie, int result);

    // --- core --------------------------------------------------------------------------------------

    [StructLayout(LayoutKind.Sequential)]
    public struct Version
    {
        public uint major, minor;
    }

    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Error
    {
        public int code;
        public uint reserved;
        public fixed byte message[504];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Reader
    {
        public IntPtr reader_data;
        public GetSize size;
        public ReadBytes read;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Writer
    {
        public IntPtr writer_data;
        public WriteBytes write;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Host
    {
        public Version abi;
        public IntPtr host_data, name, vendor, version;
        public GetHostExtension get_extension;
        public CallSelf request_callback;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginDescriptor
    {
        public uint struct_size, reserved;
        public IntPtr id, name, vendor, version, description;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Plugin
    {
        public IntPtr descriptor, plugin_data;
        public InitPlugin init;
        public CallSelf destroy;
        public GetPluginExtension get_extension;
        public CallSelf on_main_thread;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginFactory
    {
        public Count count;
        public GetByIndex descriptor;
        public CreatePlugin create;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public Version abi;
        public InitModule init;
        public Call deinit;
        public FindById get_factory;
    }

    // --- extensions --------------------------------------------------------------------------------

    [StructLayout(LayoutKind.Sequential)]
    public struct HostLog
    {
        public LogLine log;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostThreadCheck
    {
        public IsMainThread is_main_thread;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostEnvironment
    {
        public GetValue get;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginEnvironment
    {
        public SayById changed;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Completion
    {
        public uint struct_size;
        public int result;
        public ulong op;
        public IntPtr message, details;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginOperations
    {
        public CancelOperation cancel;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostOperations
    {
        public SayProgress progress;
        public SayStruct completed;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ProjectInfo
    {
        public uint struct_size, reserved;
        public IntPtr id, path;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginProject
    {
        public OpenProject opened;
        public ChangeProject changed;
        public SayById closed;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PageInfo
    {
        public uint struct_size, reserved;
        public IntPtr id, menu_path, title;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PageCall
    {
        public uint struct_size, reserved;
        public ulong view;
        public long revision;
        public IntPtr action_id, inputs_json;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginPages
    {
        public Count count;
        public GetByIndex info;
        public OpenPage open;
        public RenderPage render;
        public InvokeAction invoke;
        public SayNumber activated, close;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostPages
    {
        public CallSelf rescan;
        public SayChanged changed;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GateRequest
    {
        public uint struct_size;
        public int kind;
        public IntPtr installation_id, site_name;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GateButton
    {
        public IntPtr id, label, target;
        public int kind;
        public uint reserved;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GateDecision
    {
        public uint struct_size;
        public int allowed, outcome;
        public uint n_buttons;
        public long valid_until;
        public IntPtr code, cause, was, message, details, buttons, page_id;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GateEvent
    {
        public uint struct_size;
        public int kind, days;
        public uint reserved;
        public IntPtr installation, code, cause, text;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginSessionGate
    {
        public CheckSession check;
        public SayNumber session_ended;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostSessionGate
    {
        public SayDecided decided;
        public SayNotice notice;
        public SayStruct @event;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostOpenUri
    {
        public OpenUri open;
    }

    // Optional ones: give them from ProsoftHost.Extension.

    [StructLayout(LayoutKind.Sequential)]
    public struct HostAttention
    {
        public SayAttention attention;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostFiles
    {
        public SaveFile save;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginFiles
    {
        public SaveTo save_to;
        public SayNumber save_cancelled;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HostSecrets
    {
        public LoadSecret load;
        public StoreSecret store;
        public EraseSecret erase;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PluginSecrets
    {
        public SaySecret loaded;
        public SayStored stored;
    }
}
