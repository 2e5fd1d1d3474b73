{ SPDX-License-Identifier: MIT }
{ From nothing to a page on screen in Delphi or Free Pascal: 1. load, 2. make, 3. pump. Then it presses
  actions and asks the gate.

    fpc -FuDIR host.pas }
program host;

{$mode delphi}

uses
{$ifdef UNIX}
  cthreads, { before all others: threads of the plug-in call in }
{$endif}
  Classes, SysUtils, SyncObjs, Math, prosoft, pagetext;

const
  TheView = 1;
  NoticeMs = 5000;
  Usage = 'usage: host MODULE FILE.nbt DATA-DIR CACHE-DIR [SANDBOX-DIR]' + #10
    + '            [--press ACTION]... [--ask TIMES] [--timeout MS]' + #10
    + 'Opens the file, prints the page of the plug-in, presses the actions, asks the gate.';

type
  { What a plug-in may ask of this program. }
  TSampleHost = class(TProsoftHost)
  public
    Settings: TStringList;
    Messages: TEvent; { the queue of [main]: a program with windows has one already }
    Sandbox, PageChanged, Admitted: Boolean;
    CompletedOp, DecidedOp: TProsoftOp;
    Code: Int32;
    Session: TProsoftSession;
    Answer: UTF8String;
    constructor Create;
    destructor Destroy; override;
  protected
    procedure Wake; override;
    procedure Log(severity: Int32; const domain, text: UTF8String); override;
    function Environment(const key: UTF8String): UTF8String; override;
    procedure Progress(op: TProsoftOp; fraction: Double; const text: UTF8String); override;
    procedure Completed(op: TProsoftOp; how: Int32; const text: UTF8String); override;
    procedure Changed(view: TProsoftView; revision: Int64); override;
    procedure Decided(op: TProsoftOp; const it: TProsoftDecision; its: TProsoftSession); override;
    procedure Notice(its: TProsoftSession; const it: TProsoftDecision); override;
    procedure Event(kind: Int32; const text: UTF8String); override;
    function OpenUri(const uri: UTF8String): Boolean; override;
    procedure Failed(const why: UTF8String); override;
  end;

  TFileReader = class(TProsoftReader)
  private
    FFile: TFileStream;
  protected
    function Size: Int64; override;
    function Read(offset: Int64; buffer: Pointer; capacity: Int64): Int64; override;
  public
    constructor Create(const path: string);
    destructor Destroy; override;
  end;

  TCondition = function: Boolean of object;

  TSample = class
  private
    FWords, FPresses: TStringList;
    FAsks, FTimeout: Integer;
    FHost: TSampleHost;
    FReader: TFileReader;
    FModule: TProsoftModule;
    FPlugin: TProsoftPlugin;
    FPage: UTF8String;
    FRevision, FBefore: Int64; { FBefore knows no project yet }
    FOp: TProsoftOp;
    function ReadOption(const name, value: string): Boolean;
    procedure SetUp;
    function Pump(holds: TCondition; timeout: Integer): Boolean;
    procedure Await(holds: TCondition; const what: string);
    function IsPageThere: Boolean;
    function IsPageNewer: Boolean;
    function IsCompleted: Boolean;
    function IsDecided: Boolean;
    procedure AwaitPage;
    procedure Press(const action: UTF8String);
    procedure AskGate;
  public
    constructor Create;
    destructor Destroy; override;
    function ReadArguments: Boolean;
    procedure Run;
  end;

{ Bytes as they are, in one piece: no code page is asked, and lines of several threads stay whole. }
procedure Put(handle: THandle; const text: UTF8String);
begin
  if text <> '' then
    FileWrite(handle, text[1], Length(text));
end;

procedure Complain(const text: UTF8String);
begin
  Put(StdErrorHandle, text + #10);
end;

{ --- the host ------------------------------------------------------------------------------------ }

constructor TSampleHost.Create;
begin
  inherited Create('Sample host', 'PROSOFT plug-in interface', '5.1.2.0');
  Settings := TStringList.Create;
  Settings.CaseSensitive := True; { keys compare exactly }
  Messages := TEvent.Create(nil, False, False, '');
end;

destructor TSampleHost.Destroy;
begin
  Messages.Free;
  Settings.Free;
  inherited Destroy;
end;

{ [any] One message, however often it is asked. With windows: PostMessage to a hidden one, or
  TThread.ForceQueue; not TThread.Queue, which on [main] calls back at once. }
procedure TSampleHost.Wake;
begin
  Messages.SetEvent;
end;

procedure TSampleHost.Log(severity: Int32; const domain, text: UTF8String);
begin
  if severity >= PROSOFT_LOG_WARNING then
    Complain(UTF8String('log ' + IntToStr(severity)) + ': ' + domain + ': ' + text);
end;

function TSampleHost.Environment(const key: UTF8String): UTF8String;
begin
  Result := UTF8String(Settings.Values[string(key)]);
end;

procedure TSampleHost.Progress(op: TProsoftOp; fraction: Double; const text: UTF8String);
begin
  Complain('working: ' + text);
end;

procedure TSampleHost.Completed(op: TProsoftOp; how: Int32; const text: UTF8String);
begin
  CompletedOp := op;
  Code := how;
  if text <> '' then
    Complain('done: ' + text);
end;

{ Only noted: rendering now would be a call while the plug-in is on the stack (R6). }
procedure TSampleHost.Changed(view: TProsoftView; revision: Int64);
begin
  PageChanged := True;
end;

procedure TSampleHost.Decided(op: TProsoftOp; const it: TProsoftDecision; its: TProsoftSession);
const
  Verdicts: array[Boolean] of UTF8String = ('refused', 'admitted');
  Outcomes: array[1..4] of UTF8String = ('allow', 'note', 'wait', 'deny');
var
  i: Integer;
begin
  DecidedOp := op;
  Admitted := it.Allowed;
  Session := its;
  Answer := 'gate: ' + Verdicts[it.Allowed] + ', ';
  if (it.Outcome >= 1) and (it.Outcome <= 4) then
    Answer := Answer + Outcomes[it.Outcome] + ', ' + it.Code + #10
  else
    Answer := Answer + '?, ?' + #10;
  if it.Cause <> '' then
    Answer := Answer + '  cause: ' + it.Cause + #10;
  if it.Message <> '' then
    Answer := Answer + '  message: ' + it.Message + #10;
  for i := 0 to High(it.Buttons) do
    Answer := Answer + '  button: ' + it.Buttons[i].Id + ', ' + it.Buttons[i].Caption + #10;
end;

procedure TSampleHost.Notice(its: TProsoftSession; const it: TProsoftDecision);
begin
  Complain('notice: ' + it.Message);
end;

procedure TSampleHost.Event(kind: Int32; const text: UTF8String);
begin
  Complain('event: ' + text);
end;

{ "http://127.x.x.x" or "http://[::1]": an address, since a name can be made to mean another machine,
  and no user name before it. }
function IsThisMachine(const uri: UTF8String): Boolean;
var
  i: Integer;
begin
  i := Length('http://') + 1;
  while (i <= Length(uri)) and (uri[i] in ['[', ']', ':', '0'..'9', '.']) do
    Inc(i);
  Result := ((Copy(uri, 1, 11) = 'http://127.') or (Copy(uri, 1, 12) = 'http://[::1]'))
    and ((i > Length(uri)) or (uri[i] in ['/', '?', '#']));
end;

{ A host with windows hands the address to the system: ShellExecuteExW, OpenURL of LCLIntf. }
function TSampleHost.OpenUri(const uri: UTF8String): Boolean;
begin
  Result := (Copy(uri, 1, 8) = 'https://') or (Sandbox and IsThisMachine(uri));
  if Result then
    Complain('open in a browser: ' + uri);
end;

procedure TSampleHost.Failed(const why: UTF8String);
begin
  Complain('host: in a call of the plug-in''s: ' + why);
end;

{ --- the project --------------------------------------------------------------------------------- }

constructor TFileReader.Create(const path: string);
begin
  inherited Create;
  try
    FFile := TFileStream.Create(path, fmOpenRead or fmShareDenyNone);
  except
    on error: Exception do
      raise EProsoft.Create('cannot open ' + path + ': ' + error.Message);
  end;
end;

destructor TFileReader.Destroy;
begin
  FFile.Free;
  inherited Destroy;
end;

function TFileReader.Size: Int64;
begin
  Result := FFile.Size;
end;

function TFileReader.Read(offset: Int64; buffer: Pointer; capacity: Int64): Int64;
begin
  FFile.Position := offset;
  Result := FFile.Read(buffer^, Integer(Min(capacity, MaxInt)));
end;

{ --- the three steps ----------------------------------------------------------------------------- }

procedure TSample.Run;
begin
  SetUp;
  FReader := TFileReader.Create(FWords[1]); { outlives the plug-in that reads from it }

  { 1. Load: checks the version before anything is called. }
  FModule := TProsoftModule.Create(UTF8String(ExpandFileName(FWords[0])));

  { 2. Make: from here on the tables of both sides are valid. }
  FPlugin := TProsoftPlugin.Create(FModule, FHost);
  Put(StdOutputHandle, 'plug-in: ' + FPlugin.Id + #10);

  { 3. Pump: open what there is to show, and draw the page when the plug-in says so. }
  FPlugin.OpenPage(FPlugin.Page(0), TheView);
  FHost.PageChanged := True;
  Await(IsPageThere, 'the page');
  FPlugin.OpenProject('the-open-project', UTF8String(FWords[1]), FReader);
  AwaitPage;
  Put(StdOutputHandle, DrawPage(FPage));
end;

{ The main loop, until it holds or the time is up. A program with windows has its own loop, and calls
  OnMainThread when the message of Wake arrives there. }
function TSample.Pump(holds: TCondition; timeout: Integer): Boolean;
var
  deadline, now: UInt64;
begin
  deadline := GetTickCount64 + UInt64(timeout);
  Result := holds();
  while not Result do
  begin
    now := GetTickCount64;
    if now >= deadline then
      Exit;
    if FHost.Messages.WaitFor(Cardinal(deadline - now)) = wrSignaled then
      FPlugin.OnMainThread;
    Result := holds();
  end;
end;

{ Renders what has changed; a page that is not loading any more can be shown. }
function TSample.IsPageThere: Boolean;
begin
  if FHost.PageChanged then
  begin
    FHost.PageChanged := False;
    FPage := FPlugin.Render(TheView, FRevision);
  end;
  Result := MemberText(FPage, 'state') <> 'loading';
end;

procedure TSample.Await(holds: TCondition; const what: string);
begin
  if not Pump(holds, FTimeout) then
    raise EProsoft.Create(what + ' was not there in time');
end;

function TSample.IsPageNewer: Boolean;
begin
  Result := IsPageThere and (FRevision > FBefore);
end;

{ What a window need not know, since it draws every revision: the first page that knows the project is
  newer than the one of before. A plug-in with nothing to say of a project keeps its page. }
procedure TSample.AwaitPage;
begin
  FBefore := FRevision;
  Pump(IsPageNewer, Min(FTimeout, NoticeMs));
  Await(IsPageThere, 'the page');
end;

function TSample.IsCompleted: Boolean;
begin
  Result := FHost.CompletedOp = FOp;
end;

procedure TSample.Press(const action: UTF8String);
begin
  FOp := FPlugin.Invoke(TheView, FRevision, action);
  Await(IsCompleted, 'the end of ' + string(action));
  Put(StdOutputHandle, 'pressed: ' + action + ', ' + UTF8String(IntToStr(FHost.Code)) + #10);
  Await(IsPageThere, 'the page');
end;

function TSample.IsDecided: Boolean;
begin
  Result := FHost.DecidedOp = FOp;
end;

{ May this remote session start? No answer is a no. }
procedure TSample.AskGate;
begin
  FOp := FPlugin.CheckSession('', 'Sample', 0);
  if not Pump(IsDecided, FTimeout) then
  begin
    FPlugin.Cancel(FOp); { it ends all the same, with its one decision (R10) }
    Await(IsDecided, 'the answer of the gate');
  end;
  Put(StdOutputHandle, FHost.Answer);
  if FHost.Admitted then
    FPlugin.SessionEnded(FHost.Session); { the session would run before that }
end;

{ ------------------------------------------------------------------------------------------------- }

constructor TSample.Create;
begin
  inherited Create;
  FWords := TStringList.Create;
  FPresses := TStringList.Create;
  FAsks := 1;
  FTimeout := 20000;
  FHost := TSampleHost.Create;
end;

{ The plug-in before the reader and the host, the module last. }
destructor TSample.Destroy;
begin
  FPlugin.Free;
  FModule.Free;
  FReader.Free;
  FHost.Free;
  FPresses.Free;
  FWords.Free;
  inherited Destroy;
end;

function Contents(const folder, name: string): UTF8String;
var
  stream: TStringStream;
begin
  stream := TStringStream.Create('');
  try
    stream.LoadFromFile(IncludeTrailingPathDelimiter(folder) + name);
    Result := UTF8String(stream.DataString);
  finally
    stream.Free;
  end;
end;

procedure TSample.SetUp;
var
  urls: UTF8String;

  procedure Give(const key, value: UTF8String);
  begin
    FHost.Settings.Values[string(key)] := string(value);
  end;

begin
  Give(PROSOFT_ENV_LOCALE, 'en');
  Give(PROSOFT_ENV_THEME, 'light');
  Give(PROSOFT_ENV_DATA_DIR, UTF8String(FWords[2]));
  Give(PROSOFT_ENV_CACHE_DIR, UTF8String(FWords[3]));
  Give(PROSOFT_ENV_PROXY, 'direct');
  Give(PROSOFT_ENV_PROSOFT_VERSION, '5.1.2.0');
  if FWords.Count < 5 then
    Exit;
  urls := Contents(FWords[4], 'urls.json');
  Give(PROSOFT_ENV_TTCLOUD_URL, MemberText(urls, 'ttcloud_url'));
  Give(PROSOFT_ENV_TTECOMM_URL, MemberText(urls, 'ttecomm_url'));
  Give(PROSOFT_ENV_CLOCK_OFFSET, MemberText(urls, 'offset_seconds'));
  Give(PROSOFT_ENV_TTCLOUD_TRUST, Contents(FWords[4], 'trust.json'));
  Give(PROSOFT_ENV_TTCLOUD_CA, Contents(FWords[4], 'ca.pem'));
  FHost.Sandbox := True;
end;

function TSample.ReadOption(const name, value: string): Boolean;
begin
  Result := True;
  if name = '--press' then
    FPresses.Add(value)
  else if name = '--ask' then
    Result := TryStrToInt(value, FAsks)
  else if name = '--timeout' then
    Result := TryStrToInt(value, FTimeout)
  else
    Result := False;
end;

function TSample.ReadArguments: Boolean;
var
  i: Integer;
begin
  Result := True;
  i := 1;
  while Result and (i <= ParamCount) do
  begin
    if Copy(ParamStr(i), 1, 2) = '--' then
    begin
      Result := (i < ParamCount) and ReadOption(ParamStr(i), ParamStr(i + 1));
      Inc(i);
    end
    else
      FWords.Add(ParamStr(i));
    Inc(i);
  end;
  Result := Result and (FWords.Count >= 4) and (FWords.Count <= 5);
  if not Result then
    Complain(Usage);
end;

var
  sample: TSample;
  i: Integer;
begin
  { All strings of this program are UTF-8, as Lazarus has it; Delphi's are UTF-16 and need nothing. }
  SetMultiByteConversionCodePage(CP_UTF8);
  SetMultiByteRTLFileSystemCodePage(CP_UTF8);
  sample := TSample.Create;
  try
    try
      if not sample.ReadArguments then
      begin
        ExitCode := 2;
        Exit;
      end;
      sample.Run;
      for i := 0 to sample.FPresses.Count - 1 do
        sample.Press(UTF8String(sample.FPresses[i]));
      for i := 1 to sample.FAsks do
        sample.AskGate;
    except
      on error: Exception do
      begin
        Complain('host: ' + UTF8String(error.Message));
        ExitCode := 1;
      end;
    end;
  finally
    sample.Free;
  end;
end.
