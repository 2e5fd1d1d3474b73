{ SPDX-License-Identifier: MIT }
{ The plug-in interface for a host in Delphi or Free Pascal, one unit: copy it, use it.

    records         the structs of api/prosoft/*.h, field for field (label is label_ here)
    TProsoftHost    derive from it: what a plug-in may ask of you, one virtual method each
    TProsoftModule  a loaded module; raises EProsoft when it is none, or one for another version
    TProsoftPlugin  one instance; Free closes the pages and the project and destroys it

  What the interface demands of every host is done here: no exception crosses the line (R9), tables
  stay where they are (R11), unknown ids are nil (R14), texts of a decision are copied (R7), and
  nothing but allowed = 1 admits. What is left to you: [any] methods arrive from other threads (R4),
  and no method may call the plug-in back from inside (R6). All text is UTF-8 (R8). }
unit prosoft;

{$ifdef FPC}{$mode delphi}{$endif}
{$A8}{$MINENUMSIZE 4}{$ifdef FPC}{$PACKRECORDS C}{$endif}

interface

uses
  SysUtils;

const
  PROSOFT_ENTRY_SYMBOL = 'prosoft_entry';
  PROSOFT_PLUGIN_FACTORY_ID = 'prosoft.plugin-factory/1';

  PROSOFT_ABI_MAJOR = 1;
  PROSOFT_ABI_MINOR = 0;

  PROSOFT_OK = 0;
  PROSOFT_E_FAILED = -1;
  PROSOFT_E_INVALID = -2;
  PROSOFT_E_STALE = -3;
  PROSOFT_E_CANCELLED = -4;
  PROSOFT_E_UNSUPPORTED = -5;
  PROSOFT_E_BUSY = -6;
  PROSOFT_E_WRONG_THREAD = -7;
  PROSOFT_E_MEMORY = -8;
  PROSOFT_E_IO = -9;
  PROSOFT_E_FORMAT = -10;
  PROSOFT_E_TOO_LARGE = -11;
  PROSOFT_E_NOT_FOUND = -12;
  PROSOFT_E_TIMEOUT = -13;

  PROSOFT_EXT_LOG = 'prosoft.log/1';
  PROSOFT_EXT_THREAD_CHECK = 'prosoft.thread-check/1';
  PROSOFT_EXT_ENVIRONMENT = 'prosoft.environment/1';
  PROSOFT_EXT_OPERATIONS = 'prosoft.operations/1';
  PROSOFT_EXT_PROJECT = 'prosoft.project/1';
  PROSOFT_EXT_PAGES = 'prosoft.pages/1';
  PROSOFT_EXT_SESSION_GATE = 'prosoft.session-gate/1';
  PROSOFT_EXT_OPEN_URI = 'prosoft.open-uri/1';
  PROSOFT_EXT_ATTENTION = 'prosoft.attention/1';
  PROSOFT_EXT_FILES = 'prosoft.files/1';
  PROSOFT_EXT_SECRETS = 'prosoft.secrets/1';

  PROSOFT_LOG_DEBUG = 0;
  PROSOFT_LOG_INFO = 1;
  PROSOFT_LOG_WARNING = 2;
  PROSOFT_LOG_ERROR = 3;
  PROSOFT_LOG_HOST_MISBEHAVING = 4;
  PROSOFT_LOG_PLUGIN_MISBEHAVING = 5;

  PROSOFT_ENV_LOCALE = 'locale';
  PROSOFT_ENV_THEME = 'theme';
  PROSOFT_ENV_DATA_DIR = 'data-dir';
  PROSOFT_ENV_CACHE_DIR = 'cache-dir';
  PROSOFT_ENV_PROXY = 'proxy';
  PROSOFT_ENV_PROSOFT_VERSION = 'prosoft-version';
  PROSOFT_ENV_TTCLOUD_URL = 'ttcloud-url';
  PROSOFT_ENV_TTECOMM_URL = 'ttecomm-url';
  PROSOFT_ENV_TTCLOUD_TRUST = 'ttcloud-trust';
  PROSOFT_ENV_TTCLOUD_CA = 'ttcloud-ca';
  PROSOFT_ENV_CLOCK_OFFSET = 'clock-offset';

  PROSOFT_PAGE_MEDIA_TYPE = 'application/vnd.prosoft.page+json;v=1';
  PROSOFT_MENU_USERS_AND_SETTINGS = 'extra/users-and-settings';

  PROSOFT_SESSION_REMOTE = 1;
  PROSOFT_GATE_ALLOW = 1;
  PROSOFT_GATE_NOTE = 2;
  PROSOFT_GATE_WAIT = 3;
  PROSOFT_GATE_DENY = 4;
  PROSOFT_GATE_BUTTON_ACTION = 1;
  PROSOFT_GATE_BUTTON_URI = 2;
  PROSOFT_GATE_BUTTON_RETRY = 3;
  PROSOFT_GATE_BUTTON_HOST = 4;
  PROSOFT_GATE_EVENT_CHANGED = 1;
  PROSOFT_GATE_EVENT_ENDS_SOON = 2;
  PROSOFT_GATE_EVENT_ENDED = 3;
  PROSOFT_GATE_EVENT_STALE = 4;
  PROSOFT_GATE_EVENT_FRESH = 5;
  PROSOFT_GATE_EVENT_CLOCK_SUSPECT = 6;

  PROSOFT_ATTENTION_INFO = 1;
  PROSOFT_ATTENTION_WARNING = 2;
  PROSOFT_ATTENTION_URGENT = 3;

  PROSOFT_SECRET_MAX_SIZE = 2048;
  PROSOFT_ERROR_SIZE = 512;

  { The least that a reader of a struct accepts (R3). }
  PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1 = 8 + 5 * SizeOf(Pointer);
  PROSOFT_COMPLETION_SIZE_V1 = 16 + 2 * SizeOf(Pointer);
  PROSOFT_PROJECT_INFO_SIZE_V1 = 8 + 2 * SizeOf(Pointer);
  PROSOFT_PAGE_INFO_SIZE_V1 = 8 + 3 * SizeOf(Pointer);
  PROSOFT_PAGE_CALL_SIZE_V1 = 24 + 2 * SizeOf(Pointer);
  PROSOFT_GATE_REQUEST_SIZE_V1 = 8 + 2 * SizeOf(Pointer);
  PROSOFT_GATE_DECISION_SIZE_V1 = 24 + 7 * SizeOf(Pointer);
  PROSOFT_GATE_EVENT_SIZE_V1 = 16 + 4 * SizeOf(Pointer);

type
  TProsoftOp = UInt64;
  TProsoftView = UInt64;
  TProsoftSession = UInt64;
  TProsoftCookie = UInt64;

  { --- records: core --------------------------------------------------------------------------- }

  TVersion = record
    major, minor: UInt32;
  end;

  PError = ^TError;
  TError = record
    code: Int32;
    reserved: UInt32;
    message: array[0..503] of AnsiChar;
  end;

  PReader = ^TReader;
  TReader = record
    reader_data: Pointer;
    size: function(reader: PReader): Int64; cdecl;
    read: function(reader: PReader; offset: Int64; buffer: Pointer; capacity: Int64): Int64; cdecl;
  end;

  PWriter = ^TWriter;
  TWriter = record
    writer_data: Pointer;
    write: function(writer: PWriter; data: Pointer; size: Int64): Int32; cdecl;
  end;

  PHost = ^THost;
  THost = record
    abi: TVersion;
    host_data: Pointer;
    name, vendor, version: PAnsiChar;
    get_extension: function(host: PHost; id: PAnsiChar): Pointer; cdecl;
    request_callback: procedure(host: PHost); cdecl;
  end;

  PPluginDescriptor = ^TPluginDescriptor;
  TPluginDescriptor = record
    struct_size, reserved: UInt32;
    id, name, vendor, version, description: PAnsiChar;
  end;

  PPlugin = ^TPlugin;
  TPlugin = record
    descriptor: PPluginDescriptor;
    plugin_data: Pointer;
    init: function(plugin: PPlugin; error: PError): Int32; cdecl;
    destroy: procedure(plugin: PPlugin); cdecl;
    get_extension: function(plugin: PPlugin; id: PAnsiChar): Pointer; cdecl;
    on_main_thread: procedure(plugin: PPlugin); cdecl;
  end;

  PPluginFactory = ^TPluginFactory;
  TPluginFactory = record
    count: function(factory: PPluginFactory): UInt32; cdecl;
    descriptor: function(factory: PPluginFactory; index: UInt32): PPluginDescriptor; cdecl;
    create: function(factory: PPluginFactory; host: PHost; plugin_id: PAnsiChar;
      error: PError): PPlugin; cdecl;
  end;

  PEntry = ^TEntry;
  TEntry = record
    abi: TVersion;
    init: function(module_path: PAnsiChar; error: PError): Int32; cdecl;
    deinit: procedure; cdecl;
    get_factory: function(id: PAnsiChar): Pointer; cdecl;
  end;

  { --- records: extensions --------------------------------------------------------------------- }

  THostLog = record
    log: procedure(host: PHost; severity: Int32; domain, text: PAnsiChar); cdecl;
  end;

  THostThreadCheck = record
    is_main_thread: function(host: PHost): Int32; cdecl;
  end;

  THostEnvironment = record
    get: function(host: PHost; key, buffer: PAnsiChar; capacity: Int32): Int32; cdecl;
  end;

  PPluginEnvironment = ^TPluginEnvironment;
  TPluginEnvironment = record
    changed: procedure(plugin: PPlugin; key: PAnsiChar); cdecl;
  end;

  PCompletion = ^TCompletion;
  TCompletion = record
    struct_size: UInt32;
    result: Int32;
    op: TProsoftOp;
    message, details: PAnsiChar;
  end;

  PPluginOperations = ^TPluginOperations;
  TPluginOperations = record
    cancel: function(plugin: PPlugin; op: TProsoftOp): Int32; cdecl;
  end;

  THostOperations = record
    progress: procedure(host: PHost; op: TProsoftOp; fraction: Double; text: PAnsiChar); cdecl;
    completed: procedure(host: PHost; completion: PCompletion); cdecl;
  end;

  PProjectInfo = ^TProjectInfo;
  TProjectInfo = record
    struct_size, reserved: UInt32;
    id, path: PAnsiChar;
  end;

  PPluginProject = ^TPluginProject;
  TPluginProject = record
    opened: function(plugin: PPlugin; info: PProjectInfo; reader: PReader; error: PError): Int32;
      cdecl;
    changed: function(plugin: PPlugin; info: PProjectInfo; reader: PReader): Int32; cdecl;
    closed: procedure(plugin: PPlugin; project_id: PAnsiChar); cdecl;
  end;

  PPageInfo = ^TPageInfo;
  TPageInfo = record
    struct_size, reserved: UInt32;
    id, menu_path, title: PAnsiChar;
  end;

  PPageCall = ^TPageCall;
  TPageCall = record
    struct_size, reserved: UInt32;
    view: TProsoftView;
    revision: Int64;
    action_id, inputs_json: PAnsiChar;
  end;

  PPluginPages = ^TPluginPages;
  TPluginPages = record
    count: function(plugin: PPlugin): UInt32; cdecl;
    info: function(plugin: PPlugin; index: UInt32): PPageInfo; cdecl;
    open: function(plugin: PPlugin; page_id: PAnsiChar; view: TProsoftView; error: PError): Int32;
      cdecl;
    render: function(plugin: PPlugin; view: TProsoftView; writer: PWriter;
      out revision: Int64): Int32; cdecl;
    invoke: function(plugin: PPlugin; call: PPageCall; out op: TProsoftOp; error: PError): Int32;
      cdecl;
    activated: procedure(plugin: PPlugin; view: TProsoftView); cdecl;
    close: procedure(plugin: PPlugin; view: TProsoftView); cdecl;
  end;

  THostPages = record
    rescan: procedure(host: PHost); cdecl;
    changed: procedure(host: PHost; view: TProsoftView; revision: Int64); cdecl;
  end;

  PGateRequest = ^TGateRequest;
  TGateRequest = record
    struct_size: UInt32;
    kind: Int32;
    installation_id, site_name: PAnsiChar;
  end;

  PGateButton = ^TGateButton;
  TGateButton = record
    id, label_, target: PAnsiChar;
    kind: Int32;
    reserved: UInt32;
  end;

  PGateDecision = ^TGateDecision;
  TGateDecision = record
    struct_size: UInt32;
    allowed, outcome: Int32;
    n_buttons: UInt32;
    valid_until: Int64;
    code, cause, was, message, details: PAnsiChar;
    buttons: PGateButton;
    page_id: PAnsiChar;
  end;

  PGateEvent = ^TGateEvent;
  TGateEvent = record
    struct_size: UInt32;
    kind, days: Int32;
    reserved: UInt32;
    installation, code, cause, text: PAnsiChar;
  end;

  PPluginSessionGate = ^TPluginSessionGate;
  TPluginSessionGate = record
    check: function(plugin: PPlugin; request: PGateRequest; timeout_ms: Int32;
      out op: TProsoftOp): Int32; cdecl;
    session_ended: procedure(plugin: PPlugin; session: TProsoftSession); cdecl;
  end;

  THostSessionGate = record
    decided: procedure(host: PHost; op: TProsoftOp; decision: PGateDecision;
      session: TProsoftSession); cdecl;
    notice: procedure(host: PHost; session: TProsoftSession; decision: PGateDecision); cdecl;
    event: procedure(host: PHost; event: PGateEvent); cdecl;
  end;

  THostOpenUri = record
    open: function(host: PHost; uri: PAnsiChar): Int32; cdecl;
  end;

  { Optional ones: give them from TProsoftHost.Extension. }

  THostAttention = record
    attention: procedure(host: PHost; severity: Int32; text, page_id: PAnsiChar); cdecl;
  end;

  THostFiles = record
    save: function(host: PHost; suggested_name, media_type: PAnsiChar;
      cookie: TProsoftCookie): Int32; cdecl;
  end;

  PPluginFiles = ^TPluginFiles;
  TPluginFiles = record
    save_to: function(plugin: PPlugin; cookie: TProsoftCookie; writer: PWriter): Int32; cdecl;
    save_cancelled: procedure(plugin: PPlugin; cookie: TProsoftCookie); cdecl;
  end;

  THostSecrets = record
    load: function(host: PHost; key: PAnsiChar; cookie: TProsoftCookie): Int32; cdecl;
    store: function(host: PHost; key: PAnsiChar; data: Pointer; size: Int32;
      cookie: TProsoftCookie): Int32; cdecl;
    erase: function(host: PHost; key: PAnsiChar): Int32; cdecl;
  end;

  PPluginSecrets = ^TPluginSecrets;
  TPluginSecrets = record
    loaded: procedure(plugin: PPlugin; cookie: TProsoftCookie; result: Int32; data: Pointer;
      size: Int32); cdecl;
    stored: procedure(plugin: PPlugin; cookie: TProsoftCookie; result: Int32); cdecl;
  end;

  { --- classes --------------------------------------------------------------------------------- }

  EProsoft = class(Exception)
  end;

  TProsoftButton = record
    Id, Caption, Target: UTF8String;
    Kind: Int32;
  end;

  TProsoftDecision = record
    Allowed: Boolean;
    Outcome: Int32;
    ValidUntil: Int64;
    Code, Cause, Was, Message, Details, PageId: UTF8String;
    Buttons: array of TProsoftButton;
  end;

  { Make it on the thread that pumps the windows: it is [main] from now on. }
  TProsoftHost = class
  private
    FTable: THost;
    FName, FVendor, FVersion: UTF8String;
    FMain: TThreadID;
  protected
    { [any] Posts a message to the main loop, which calls TProsoftPlugin.OnMainThread: PostMessage
      to a hidden window, TThread.ForceQueue. Never calls it here. }
    procedure Wake; virtual; abstract;
    { [any] One finished line. }
    procedure Log(severity: Int32; const domain, text: UTF8String); virtual; abstract;
    { The value of a PROSOFT_ENV_ key, '' for one that you do not have. }
    function Environment(const key: UTF8String): UTF8String; virtual; abstract;
    procedure Progress(op: TProsoftOp; fraction: Double; const text: UTF8String); virtual; abstract;
    procedure Completed(op: TProsoftOp; code: Int32; const text: UTF8String); virtual; abstract;
    { Ask for the pages again, later. }
    procedure Rescan; virtual;
    { Render the view again, later. }
    procedure Changed(view: TProsoftView; revision: Int64); virtual; abstract;
    procedure Decided(op: TProsoftOp; const decision: TProsoftDecision;
      session: TProsoftSession); virtual; abstract;
    procedure Notice(session: TProsoftSession; const decision: TProsoftDecision); virtual; abstract;
    procedure Event(kind: Int32; const text: UTF8String); virtual; abstract;
    { False for what is not https, or http to this machine in the sandbox. }
    function OpenUri(const uri: UTF8String): Boolean; virtual; abstract;
    { [any] A table beyond those that every host has, the same each time. }
    function Extension(const id: UTF8String): Pointer; virtual;
    { [any] What went wrong in one of these methods; it went no further. }
    procedure Failed(const why: UTF8String); virtual; abstract;
  public
    constructor Create(const name, vendor, version: UTF8String);
    function Table: PHost;
  end;

  { path is absolute. Never unloaded: the module pins itself (R12). }
  TProsoftModule = class
  private
    FEntry: PEntry;
    class function Find(const path: UTF8String): Pointer;
  public
    constructor Create(const path: UTF8String);
    destructor Destroy; override;
    function Factory: PPluginFactory;
  end;

  { What an open project's bytes are read through; called on [main], until CloseProject. }
  TProsoftReader = class
  private
    FTable: TReader;
  protected
    { Negative: a result code. }
    function Size: Int64; virtual; abstract;
    function Read(offset: Int64; buffer: Pointer; capacity: Int64): Int64; virtual; abstract;
  public
    constructor Create;
    function Table: PReader;
  end;

  { All of [main]. }
  TProsoftPlugin = class
  private
    FPlugin: PPlugin;
    FProject: PPluginProject;
    FPages: PPluginPages;
    FOperations: PPluginOperations;
    FGate: PPluginSessionGate;
    FId, FProjectId: UTF8String;
    FViews: array of TProsoftView;
    procedure Check(code: Int32; const error: TError);
  public
    constructor Create(module: TProsoftModule; host: TProsoftHost);
    destructor Destroy; override;
    { The answer to TProsoftHost.Wake, from the main loop. }
    procedure OnMainThread;
    { reader outlives the project; path is for texts only, and may be ''. }
    procedure OpenProject(const project, path: UTF8String; reader: TProsoftReader);
    procedure CloseProject;
    { The id of a page, '' behind the last. }
    function Page(index: UInt32): UTF8String;
    procedure OpenPage(const page: UTF8String; view: TProsoftView);
    procedure ClosePage(view: TProsoftView);
    { The page as JSON (page.schema.json). }
    function Render(view: TProsoftView; out revision: Int64): UTF8String;
    function Invoke(view: TProsoftView; revision: Int64; const action: UTF8String;
      const inputs: UTF8String = ''): TProsoftOp;
    { TProsoftHost.Decided brings the answer. installation '': the open project. }
    function CheckSession(const installation, site: UTF8String; timeout_ms: Int32): TProsoftOp;
    procedure SessionEnded(session: TProsoftSession);
    { A request: the operation still ends with its one completion (R10). }
    procedure Cancel(op: TProsoftOp);
    property Id: UTF8String read FId;
  end;

implementation

uses
{$ifdef MSWINDOWS}
  Windows,
{$else}
{$ifdef FPC}
  dl,
{$else}
  Posix.Dlfcn,
{$endif}
{$endif}
  Math;

{ nil is '' on this side. }
function TextOf(text: PAnsiChar): UTF8String;
begin
  Result := '';
  if text <> nil then
  begin
    SetLength(Result, StrLen(text));
    if Result <> '' then
      Move(text^, Result[1], Length(Result));
  end;
end;

{ '' is nil on the other. }
function OrNil(const text: UTF8String): PAnsiChar;
begin
  if text = '' then
    Result := nil
  else
    Result := PAnsiChar(text);
end;

function Smaller(theirs: UInt32; ours: Integer): Integer;
begin
  if theirs < UInt32(ours) then
    Result := Integer(theirs)
  else
    Result := ours;
end;

{ A decision as far as it goes, the rest 0; a refusal when it is too short (R3). }
procedure CopyDecision(theirs: PGateDecision; out mine: TProsoftDecision);
var
  it: TGateDecision;
  button: PGateButton;
  i: Integer;
begin
  FillChar(it, SizeOf(it), 0);
  if (theirs <> nil) and (theirs^.struct_size >= PROSOFT_GATE_DECISION_SIZE_V1) then
    Move(theirs^, it, Smaller(theirs^.struct_size, SizeOf(it)));
  mine.Allowed := it.allowed = 1;
  mine.Outcome := it.outcome;
  mine.ValidUntil := it.valid_until;
  mine.Code := TextOf(it.code);
  mine.Cause := TextOf(it.cause);
  mine.Was := TextOf(it.was);
  mine.Message := TextOf(it.message);
  mine.Details := TextOf(it.details);
  mine.PageId := TextOf(it.page_id);
  SetLength(mine.Buttons, 0);
  button := it.buttons;
  if button <> nil then
    SetLength(mine.Buttons, it.n_buttons);
  for i := 0 to High(mine.Buttons) do
  begin
    mine.Buttons[i].Id := TextOf(button^.id);
    mine.Buttons[i].Caption := TextOf(button^.label_);
    mine.Buttons[i].Target := TextOf(button^.target);
    mine.Buttons[i].Kind := button^.kind;
    Inc(button);
  end;
end;

{ --- the floating-point unit of the plug-in's threads -------------------------------------------- }

{ Free Pascal's run-time library sets up the floating-point unit of each thread that it meets for the
  first time, with traps on. In an [any] function that is a thread of the plug-in, whose next "1e400"
  would end this program: it gets its own state back (R13). Delphi leaves such threads alone. }
{$if defined(FPC) and (defined(CPUX86_64) or defined(CPUI386))}
type
  TFpu = record
    mxcsr: UInt32;
    control: UInt16;
  end;

procedure SaveFpu(out fpu: TFpu);
var
  mxcsr: UInt32;
  control: UInt16;
begin
  asm
    stmxcsr mxcsr
    fnstcw control
  end;
  fpu.mxcsr := mxcsr;
  fpu.control := control;
end;

{ Not SetMXCSR and Set8087CW, which change what every new thread starts with as well. }
procedure RestoreFpu(const fpu: TFpu);
var
  mxcsr: UInt32;
  control: UInt16;
begin
  mxcsr := fpu.mxcsr;
  control := fpu.control;
  asm
    ldmxcsr mxcsr
    fldcw control
  end;
end;
{$else}
type
  TFpu = record
  end;

procedure SaveFpu(out fpu: TFpu);
begin
end;

procedure RestoreFpu(const fpu: TFpu);
begin
end;
{$ifend}

{ --- callbacks: nothing that a host raises may run through the frames of a plug-in --------------- }

function HostOf(host: PHost): TProsoftHost; inline;
begin
  Result := TProsoftHost(host^.host_data);
end;

procedure Caught(host: PHost; const error: Exception);
begin
  try
    HostOf(host).Failed(UTF8String(error.Message));
  except
    { Nobody is left to tell. }
  end;
end;

procedure Log(host: PHost; severity: Int32; domain, text: PAnsiChar);
begin
  try
    HostOf(host).Log(severity, TextOf(domain), TextOf(text));
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

{ [any]: what needs the run-time library stands in a function of its own, between the two. }
procedure OnLog(host: PHost; severity: Int32; domain, text: PAnsiChar); cdecl;
var
  fpu: TFpu;
begin
  SaveFpu(fpu);
  Log(host, severity, domain, text);
  RestoreFpu(fpu);
end;

function OnIsMainThread(host: PHost): Int32; cdecl;
var
  fpu: TFpu;
begin
  SaveFpu(fpu);
  Result := Ord(GetCurrentThreadId = HostOf(host).FMain);
  RestoreFpu(fpu);
end;

function OnGet(host: PHost; key, buffer: PAnsiChar; capacity: Int32): Int32; cdecl;
var
  value: UTF8String;
begin
  Result := 0;
  try
    value := HostOf(host).Environment(TextOf(key));
    if value = '' then
      Exit;
    Result := Length(value) + 1;
    if Result <= capacity then
      Move(PAnsiChar(value)^, buffer^, Result); { with the NUL behind it }
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnProgress(host: PHost; op: TProsoftOp; fraction: Double; text: PAnsiChar); cdecl;
begin
  try
    HostOf(host).Progress(op, fraction, TextOf(text));
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnCompleted(host: PHost; completion: PCompletion); cdecl;
begin
  try
    if completion^.struct_size >= PROSOFT_COMPLETION_SIZE_V1 then
      HostOf(host).Completed(completion^.op, completion^.result, TextOf(completion^.message));
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnRescan(host: PHost); cdecl;
begin
  try
    HostOf(host).Rescan;
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnChanged(host: PHost; view: TProsoftView; revision: Int64); cdecl;
begin
  try
    HostOf(host).Changed(view, revision);
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnDecided(host: PHost; op: TProsoftOp; decision: PGateDecision;
  session: TProsoftSession); cdecl;
var
  mine: TProsoftDecision;
begin
  try
    CopyDecision(decision, mine);
    HostOf(host).Decided(op, mine, session);
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnNotice(host: PHost; session: TProsoftSession; decision: PGateDecision); cdecl;
var
  mine: TProsoftDecision;
begin
  try
    CopyDecision(decision, mine);
    HostOf(host).Notice(session, mine);
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnEvent(host: PHost; event: PGateEvent); cdecl;
begin
  try
    if event^.struct_size >= PROSOFT_GATE_EVENT_SIZE_V1 then
      HostOf(host).Event(event^.kind, TextOf(event^.text));
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

function OnOpenUri(host: PHost; uri: PAnsiChar): Int32; cdecl;
begin
  Result := PROSOFT_E_FAILED;
  try
    if HostOf(host).OpenUri(TextOf(uri)) then
      Result := PROSOFT_OK
    else
      Result := PROSOFT_E_INVALID;
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

const
  LogTable: THostLog = (log: OnLog);
  ThreadCheckTable: THostThreadCheck = (is_main_thread: OnIsMainThread);
  EnvironmentTable: THostEnvironment = (get: OnGet);
  OperationsTable: THostOperations = (progress: OnProgress; completed: OnCompleted);
  PagesTable: THostPages = (rescan: OnRescan; changed: OnChanged);
  GateTable: THostSessionGate = (decided: OnDecided; notice: OnNotice; event: OnEvent);
  OpenUriTable: THostOpenUri = (open: OnOpenUri);

function FindExtension(host: PHost; id: PAnsiChar): Pointer;
var
  name: UTF8String;
begin
  Result := nil;
  try
    name := TextOf(id);
    if name = PROSOFT_EXT_LOG then
      Result := @LogTable
    else if name = PROSOFT_EXT_THREAD_CHECK then
      Result := @ThreadCheckTable
    else if name = PROSOFT_EXT_ENVIRONMENT then
      Result := @EnvironmentTable
    else if name = PROSOFT_EXT_OPERATIONS then
      Result := @OperationsTable
    else if name = PROSOFT_EXT_PAGES then
      Result := @PagesTable
    else if name = PROSOFT_EXT_SESSION_GATE then
      Result := @GateTable
    else if name = PROSOFT_EXT_OPEN_URI then
      Result := @OpenUriTable
    else
      Result := HostOf(host).Extension(name);
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

function OnGetExtension(host: PHost; id: PAnsiChar): Pointer; cdecl;
var
  fpu: TFpu;
begin
  SaveFpu(fpu);
  Result := FindExtension(host, id);
  RestoreFpu(fpu);
end;

procedure WakeHost(host: PHost);
begin
  try
    HostOf(host).Wake;
  except
    on error: Exception do
      Caught(host, error);
  end;
end;

procedure OnRequestCallback(host: PHost); cdecl;
var
  fpu: TFpu;
begin
  SaveFpu(fpu);
  WakeHost(host);
  RestoreFpu(fpu);
end;

{ --- TProsoftHost -------------------------------------------------------------------------------- }

constructor TProsoftHost.Create(const name, vendor, version: UTF8String);
begin
  inherited Create;
  FName := name;
  FVendor := vendor;
  FVersion := version;
  FMain := GetCurrentThreadId;
  FTable.abi.major := PROSOFT_ABI_MAJOR;
  FTable.abi.minor := PROSOFT_ABI_MINOR;
  FTable.host_data := Self;
  FTable.name := PAnsiChar(FName);
  FTable.vendor := PAnsiChar(FVendor);
  FTable.version := PAnsiChar(FVersion);
  FTable.get_extension := OnGetExtension;
  FTable.request_callback := OnRequestCallback;
end;

function TProsoftHost.Table: PHost;
begin
  Result := @FTable;
end;

procedure TProsoftHost.Rescan;
begin
end;

function TProsoftHost.Extension(const id: UTF8String): Pointer;
begin
  Result := nil;
end;

{ --- TProsoftModule ------------------------------------------------------------------------------ }

{$ifdef MSWINDOWS}
class function TProsoftModule.Find(const path: UTF8String): Pointer;
const
  DLL_LOAD_DIR = $100;
  DEFAULT_DIRS = $1000;
var
  module: HMODULE;
begin
  { Its own folder first, never the working directory or PATH. }
  module := LoadLibraryExW(PWideChar(UTF8ToString(path)), 0, DLL_LOAD_DIR or DEFAULT_DIRS);
  if module = 0 then
    raise EProsoft.Create('cannot load ' + string(path) + ': ' + SysErrorMessage(GetLastError));
  Result := GetProcAddress(module, PROSOFT_ENTRY_SYMBOL);
end;
{$else}
class function TProsoftModule.Find(const path: UTF8String): Pointer;
var
  module: {$ifdef FPC}Pointer{$else}NativeUInt{$endif};
begin
  module := dlopen(PAnsiChar(path), RTLD_NOW); { and RTLD_LOCAL, which is 0 }
  if {$ifdef FPC}module = nil{$else}module = 0{$endif} then
    raise EProsoft.Create('cannot load ' + string(path) + ': ' + string(dlerror()));
  Result := dlsym(module, PROSOFT_ENTRY_SYMBOL);
end;
{$endif}

constructor TProsoftModule.Create(const path: UTF8String);
var
  found: PEntry;
  error: TError;
  mask: {$ifdef FPC}TFPUExceptionMask{$else}TArithmeticExceptionMask{$endif};
begin
  inherited Create;
  { Some library that comes along may set the floating-point unit to its own taste. }
  mask := GetExceptionMask;
  try
    found := Find(path);
  finally
    SetExceptionMask(mask);
  end;
  if found = nil then
    raise EProsoft.Create(string(path) + ' is no module for PROSOFT: it has no '
      + PROSOFT_ENTRY_SYMBOL);
  if found^.abi.major <> PROSOFT_ABI_MAJOR then
    raise EProsoft.CreateFmt('%s is for version %d of the interface, this host for %d; update the'
      + ' older of the two', [string(path), found^.abi.major, PROSOFT_ABI_MAJOR]);
  FillChar(error, SizeOf(error), 0);
  if found^.init(PAnsiChar(path), @error) <> PROSOFT_OK then
    raise EProsoft.Create(string(path) + ' refuses: ' + string(TextOf(error.message)));
  FEntry := found;
end;

destructor TProsoftModule.Destroy;
begin
  if FEntry <> nil then
    FEntry^.deinit();
  inherited Destroy;
end;

function TProsoftModule.Factory: PPluginFactory;
begin
  Result := FEntry^.get_factory(PROSOFT_PLUGIN_FACTORY_ID);
end;

{ --- TProsoftReader ------------------------------------------------------------------------------ }

function OnSize(reader: PReader): Int64; cdecl;
begin
  try
    Result := TProsoftReader(reader^.reader_data).Size;
  except
    Result := PROSOFT_E_IO;
  end;
end;

function OnRead(reader: PReader; offset: Int64; buffer: Pointer; capacity: Int64): Int64; cdecl;
begin
  try
    Result := TProsoftReader(reader^.reader_data).Read(offset, buffer, capacity);
  except
    Result := PROSOFT_E_IO;
  end;
end;

constructor TProsoftReader.Create;
begin
  inherited Create;
  FTable.reader_data := Self;
  FTable.size := OnSize;
  FTable.read := OnRead;
end;

function TProsoftReader.Table: PReader;
begin
  Result := @FTable;
end;

{ --- TProsoftPlugin ------------------------------------------------------------------------------ }

constructor TProsoftPlugin.Create(module: TProsoftModule; host: TProsoftHost);
var
  factory: PPluginFactory;
  what: PPluginDescriptor;
  error: TError;
begin
  inherited Create;
  FillChar(error, SizeOf(error), 0);
  what := nil;
  factory := module.Factory;
  if factory <> nil then
    what := factory^.descriptor(factory, 0);
  if what = nil then
    raise EProsoft.Create('there is no plug-in in the module');
  FPlugin := factory^.create(factory, host.Table, what^.id, @error);
  { A constructor that raises runs Destroy: that is all that may be called after a failed init. }
  if (FPlugin = nil) or (FPlugin^.init(FPlugin, @error) <> PROSOFT_OK) then
    raise EProsoft.Create(string(TextOf(what^.name)) + ' does not start: '
      + string(TextOf(error.message)));
  FId := TextOf(what^.id);
  FProject := FPlugin^.get_extension(FPlugin, PROSOFT_EXT_PROJECT);
  FPages := FPlugin^.get_extension(FPlugin, PROSOFT_EXT_PAGES);
  FOperations := FPlugin^.get_extension(FPlugin, PROSOFT_EXT_OPERATIONS);
  FGate := FPlugin^.get_extension(FPlugin, PROSOFT_EXT_SESSION_GATE);
end;

destructor TProsoftPlugin.Destroy;
var
  i: Integer;
begin
  for i := 0 to High(FViews) do
    FPages^.close(FPlugin, FViews[i]);
  CloseProject;
  if FPlugin <> nil then
    FPlugin^.destroy(FPlugin);
  inherited Destroy;
end;

procedure TProsoftPlugin.Check(code: Int32; const error: TError);
begin
  if code < 0 then
    raise EProsoft.Create(string(TextOf(error.message)));
end;

procedure Need(table: Pointer);
begin
  if table = nil then
    raise EProsoft.Create('the plug-in cannot do this');
end;

procedure TProsoftPlugin.OnMainThread;
begin
  FPlugin^.on_main_thread(FPlugin);
end;

procedure TProsoftPlugin.OpenProject(const project, path: UTF8String; reader: TProsoftReader);
var
  info: TProjectInfo;
  error: TError;
begin
  FillChar(info, SizeOf(info), 0);
  FillChar(error, SizeOf(error), 0);
  info.struct_size := SizeOf(info);
  info.id := PAnsiChar(project);
  info.path := OrNil(path);
  Need(FProject);
  Check(FProject^.opened(FPlugin, @info, reader.Table, @error), error);
  FProjectId := project;
end;

procedure TProsoftPlugin.CloseProject;
begin
  if FProjectId <> '' then
    FProject^.closed(FPlugin, PAnsiChar(FProjectId));
  FProjectId := '';
end;

function TProsoftPlugin.Page(index: UInt32): UTF8String;
var
  info: PPageInfo;
begin
  Result := '';
  info := nil;
  if FPages <> nil then
    info := FPages^.info(FPlugin, index);
  if info <> nil then
    Result := TextOf(info^.id);
end;

procedure TProsoftPlugin.OpenPage(const page: UTF8String; view: TProsoftView);
var
  error: TError;
begin
  FillChar(error, SizeOf(error), 0);
  Need(FPages);
  Check(FPages^.open(FPlugin, PAnsiChar(page), view, @error), error);
  SetLength(FViews, Length(FViews) + 1);
  FViews[High(FViews)] := view;
end;

procedure TProsoftPlugin.ClosePage(view: TProsoftView);
var
  i: Integer;
begin
  for i := 0 to High(FViews) do
    if FViews[i] = view then
    begin
      FViews[i] := FViews[High(FViews)];
      SetLength(FViews, High(FViews));
      FPages^.close(FPlugin, view);
      Exit;
    end;
end;

function OnWrite(writer: PWriter; data: Pointer; size: Int64): Int32; cdecl;
var
  page: ^UTF8String;
  before: Integer;
begin
  Result := PROSOFT_E_MEMORY;
  try
    page := writer^.writer_data;
    before := Length(page^);
    SetLength(page^, before + size);
    if size > 0 then
      Move(data^, page^[before + 1], size);
    Result := PROSOFT_OK;
  except
    { It says so by its result. }
  end;
end;

function TProsoftPlugin.Render(view: TProsoftView; out revision: Int64): UTF8String;
var
  page: UTF8String;
  writer: TWriter;
begin
  page := '';
  writer.writer_data := @page;
  writer.write := OnWrite;
  if FPages^.render(FPlugin, view, @writer, revision) < 0 then
    raise EProsoft.Create('the page cannot be rendered');
  Result := page;
end;

function TProsoftPlugin.Invoke(view: TProsoftView; revision: Int64; const action: UTF8String;
  const inputs: UTF8String): TProsoftOp;
var
  call: TPageCall;
  error: TError;
begin
  FillChar(call, SizeOf(call), 0);
  FillChar(error, SizeOf(error), 0);
  call.struct_size := SizeOf(call);
  call.view := view;
  call.revision := revision;
  call.action_id := PAnsiChar(action);
  call.inputs_json := OrNil(inputs);
  Need(FPages);
  Check(FPages^.invoke(FPlugin, @call, Result, @error), error);
end;

function TProsoftPlugin.CheckSession(const installation, site: UTF8String;
  timeout_ms: Int32): TProsoftOp;
var
  request: TGateRequest;
begin
  FillChar(request, SizeOf(request), 0);
  request.struct_size := SizeOf(request);
  request.kind := PROSOFT_SESSION_REMOTE;
  request.installation_id := OrNil(installation);
  request.site_name := OrNil(site);
  Need(FGate);
  if FGate^.check(FPlugin, @request, timeout_ms, Result) <> PROSOFT_OK then
    raise EProsoft.Create('the gate cannot be asked');
end;

procedure TProsoftPlugin.SessionEnded(session: TProsoftSession);
begin
  FGate^.session_ended(FPlugin, session);
end;

procedure TProsoftPlugin.Cancel(op: TProsoftOp);
begin
  if FOperations <> nil then
    FOperations^.cancel(FPlugin, op);
end;

initialization
  { Threads of the plug-in call in: the memory manager must lock, though this program may have
    started no thread of its own. }
  IsMultiThread := True;
end.
