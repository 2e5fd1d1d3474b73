{ SPDX-License-Identifier: MIT }
{ Draws the pages that are named, as the sample in Pascal does. }
program draw;

{$mode delphi}

uses
  Classes, SysUtils, pagetext;

var
  stream: TStringStream;
  text: UTF8String;
  i: Integer;
begin
  SetMultiByteConversionCodePage(CP_UTF8);
  SetMultiByteRTLFileSystemCodePage(CP_UTF8);
  for i := 1 to ParamCount do
  begin
    stream := TStringStream.Create('');
    stream.LoadFromFile(ParamStr(i));
    text := DrawPage(UTF8String(stream.DataString));
    FileWrite(StdOutputHandle, text[1], Length(text));
    stream.Free;
  end;
end.
