{ SPDX-License-Identifier: MIT }
{ A host that raises whatever it is asked, with floating-point exceptions as Pascal has them: on. Nothing
  of it may reach the plug-in (R9), and the plug-in leaves the traps as they are (R13).
  unkind MODULE: prints what raised, and "survived". }
program unkind;

{$mode delphi}

uses
{$ifdef UNIX}
  cthreads,
{$endif}
  Classes, SysUtils, SyncObjs, Math, prosoft;

type
  TUnkind = class(TProsoftHost)
  public
    Asked: TEvent;
    Lock: TCriticalSection;
    Raised: TStringList;
    procedure Fall(const what: string);
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

  TNoReader = class(TProsoftReader)
  protected
    function Size: Int64; override;
    function Read(offset: Int64; buffer: Pointer; capacity: Int64): Int64; override;
  end;

procedure TUnkind.Fall(const what: string);
begin
  Lock.Enter;
  try
    Raised.Add(what); { sorted, each once }
  finally
    Lock.Leave;
  end;
  raise Exception.Create(what);
end;

procedure TUnkind.Wake;
begin
  Asked.SetEvent;
  Fall('wake');
end;

procedure TUnkind.Log(severity: Int32; const domain, text: UTF8String);
begin
  Fall('log');
end;

function TUnkind.Environment(const key: UTF8String): UTF8String;
begin
  Result := '';
  Fall('environment');
end;

procedure TUnkind.Progress(op: TProsoftOp; fraction: Double; const text: UTF8String);
begin
  Fall('progress');
end;

procedure TUnkind.Completed(op: TProsoftOp; how: Int32; const text: UTF8String);
begin
  Fall('completed');
end;

procedure TUnkind.Changed(view: TProsoftView; revision: Int64);
begin
  Fall('changed');
end;

procedure TUnkind.Decided(op: TProsoftOp; const it: TProsoftDecision; its: TProsoftSession);
begin
  Fall('decided');
end;

procedure TUnkind.Notice(its: TProsoftSession; const it: TProsoftDecision);
begin
  Fall('notice');
end;

procedure TUnkind.Event(kind: Int32; const text: UTF8String);
begin
  Fall('event');
end;

function TUnkind.OpenUri(const uri: UTF8String): Boolean;
begin
  Result := False;
  Fall('open_uri');
end;

procedure TUnkind.Failed(const why: UTF8String);
begin
  raise Exception.Create('and again');
end;

function TNoReader.Size: Int64;
begin
  Result := 1000;
end;

function TNoReader.Read(offset: Int64; buffer: Pointer; capacity: Int64): Int64;
begin
  Result := 0;
  raise Exception.Create('read');
end;

{ False as long as the page is not that far. }
function Press(plugin: TProsoftPlugin): Boolean;
var
  revision: Int64;
begin
  Result := True;
  try
    plugin.Render(1, revision);
    plugin.Invoke(1, revision, 'explain.configuration');
  except
    on EProsoft do
      Result := False;
  end;
end;

var
  host: TUnkind;
  reader: TNoReader;
  module: TProsoftModule;
  plugin: TProsoftPlugin;
  deadline: UInt64;
  what: string;
  pressed: Boolean = False;
  huge: Double = 1e308;
begin
  host := TUnkind.Create('Unkind host', '', '1.0');
  host.Asked := TEvent.Create(nil, False, False, '');
  host.Lock := TCriticalSection.Create;
  host.Raised := TStringList.Create;
  host.Raised.Sorted := True;
  host.Raised.Duplicates := dupIgnore;
  reader := TNoReader.Create;
  module := TProsoftModule.Create(UTF8String(ParamStr(1)));
  plugin := TProsoftPlugin.Create(module, host);
  plugin.OpenProject('project', '', reader);
  plugin.OpenPage(plugin.Page(0), 1);
  plugin.CheckSession('', 'Site', 0);
  deadline := GetTickCount64 + 20000;
  while (host.Raised.IndexOf('decided') < 0) or (host.Raised.IndexOf('completed') < 0) do
  begin
    if host.Asked.WaitFor(10) = wrSignaled then
      plugin.OnMainThread;
    pressed := pressed or Press(plugin);
    if GetTickCount64 > deadline then
      Halt(1);
  end;
  plugin.Free;
  module.Free;
  for what in host.Raised do
    Write(what, ' ');
  try
    huge := huge * huge;
    Write('the traps are off: ', huge);
  except
    on EOverflow do
      Write('survived');
  end;
  WriteLn;
  reader.Free;
  host.Raised.Free;
  host.Lock.Free;
  host.Asked.Free;
  host.Free;
end.
