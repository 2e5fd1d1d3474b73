{ SPDX-License-Identifier: MIT }
{ A page (page.schema.json) as plain text. A host with windows makes a control of each block; what it
  must do, too, is to show the fallback_text of a block that it does not know. Free Pascal's fpjson;
  with Delphi, System.JSON takes its place. }
unit pagetext;

{$mode delphi}

interface

function DrawPage(const page: UTF8String): UTF8String;

{ The string or number `name` of an object, '' when there is none. }
function MemberText(const json, name: UTF8String): UTF8String;

implementation

uses
  SysUtils, fpjson, jsonparser;

const
  Indent = '  ';
  MaxIndent = 16; { groups in groups: deeper ones show their fallback_text }

{ Blanks for control characters: a terminal must not be told to do anything. }
function Tame(const text: UTF8String): UTF8String;
var
  i: Integer;
begin
  Result := text;
  for i := 1 to Length(Result) do
    if (Result[i] < ' ') or (Result[i] = #127) then
      Result[i] := ' ';
end;

function TextOf(data: TJSONData): UTF8String;
begin
  Result := '';
  if (data <> nil) and (data.JSONType in [jtString, jtNumber, jtBoolean]) then
    Result := Tame(data.AsString);
end;

function Member(data: TJSONData; const name: UTF8String): TJSONData;
begin
  Result := nil;
  if data is TJSONObject then
    Result := TJSONObject(data).Find(name);
end;

{ An array's elements; none when it is no array. }
function Count(data: TJSONData): Integer;
begin
  Result := 0;
  if data is TJSONArray then
    Result := data.Count;
end;

{ A cell is a string, or an object with a text and how good that is. }
function Cells(data: TJSONData; const name: UTF8String): UTF8String;
var
  i: Integer;
begin
  Result := ' ';
  for i := 0 to Count(data) - 1 do
  begin
    if i > 0 then
      Result := Result + ' | ';
    if data.Items[i] is TJSONObject then
      Result := Result + TextOf(Member(data.Items[i], name))
    else
      Result := Result + TextOf(data.Items[i]);
  end;
  Result := Result + #10;
end;

function Facts(block: TJSONData; const before: UTF8String): UTF8String;
var
  rows, row: TJSONData;
  i: Integer;
begin
  Result := #10;
  rows := Member(block, 'rows');
  for i := 0 to Count(rows) - 1 do
  begin
    row := rows.Items[i];
    if Count(row) = 2 then
      Result := Result + before + TextOf(row.Items[0]) + ': ' + TextOf(row.Items[1]) + #10;
  end;
end;

function Table(block: TJSONData; const before: UTF8String): UTF8String;
var
  rows: TJSONData;
  i: Integer;
begin
  Result := #10 + before + '-' + Cells(Member(block, 'columns'), 'title');
  rows := Member(block, 'rows');
  for i := 0 to Count(rows) - 1 do
    Result := Result + before + TextOf(Member(rows.Items[i], 'id'))
      + Cells(Member(rows.Items[i], 'cells'), 'text');
end;

function Blocks(container: TJSONData; const before: UTF8String): UTF8String;
var
  list, block: TJSONData;
  kind: UTF8String;
  i: Integer;
begin
  Result := '';
  list := Member(container, 'blocks');
  for i := 0 to Count(list) - 1 do
  begin
    block := list.Items[i];
    kind := TextOf(Member(block, 'type'));
    Result := Result + before + TextOf(Member(block, 'id')) + ' [' + kind + ']';
    if kind = 'facts' then
      Result := Result + Facts(block, before + Indent)
    else if kind = 'table' then
      Result := Result + Table(block, before + Indent)
    else if (kind = 'group') and (Length(before) < MaxIndent) then
      Result := Result + ' ' + TextOf(Member(block, 'title')) + #10 + Blocks(block, before + Indent)
    else if (kind = 'text') or (kind = 'heading') then
      Result := Result + ' ' + TextOf(Member(block, 'text')) + #10
    else
      Result := Result + ' ' + TextOf(Member(block, 'fallback_text')) + #10;
  end;
end;

function DrawPage(const page: UTF8String): UTF8String;
var
  data: TJSONData;
begin
  data := GetJSON(page);
  try
    Result := 'page: ' + TextOf(Member(data, 'title')) + ', ' + TextOf(Member(data, 'state')) + #10
      + Blocks(data, Indent);
  finally
    data.Free;
  end;
end;

function MemberText(const json, name: UTF8String): UTF8String;
var
  data: TJSONData;
begin
  data := GetJSON(json);
  try
    Result := TextOf(Member(data, name));
  finally
    data.Free;
  end;
end;

end.
