// SPDX-License-Identifier: MIT
// A page (page.schema.json) as plain text. A host with windows makes a control of each block; what it
// must do, too, is to show the fallback_text of a block that it does not know. The JSON is read by hand,
// since not every .NET brings a reader along; with System.Text.Json this is a walk over JsonElement.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Sample
{
    using JsonObject = Dictionary<string, object>;
    using JsonArray = List<object>;

    // Objects, arrays, and everything else as its text.
    public sealed class Json
    {
        const int MaxDepth = 64;

        readonly string text;
        int at, depth;

        Json(string text)
        {
            this.text = text;
        }

        public static object Parse(string text)
        {
            return new Json(text).Value();
        }

        // A string or number, with blanks for control characters; "" for anything else.
        public static string Text(object value)
        {
            StringBuilder tame = new StringBuilder(value as string ?? "");

            for (int i = 0; i < tame.Length; i++)
                if (tame[i] < ' ' || tame[i] == '\x7f')
                    tame[i] = ' ';
            return tame.ToString();
        }

        public static object Member(object value, string name)
        {
            JsonObject members = value as JsonObject;
            object found = null;

            if (members != null)
                members.TryGetValue(name, out found);
            return found;
        }

        public static JsonArray Elements(object value)
        {
            return value as JsonArray ?? new JsonArray();
        }

        char Next()
        {
            while (at < text.Length && " \t\r\n".IndexOf(text[at]) >= 0)
                at++;
            if (at == text.Length)
                throw new FormatException("the JSON ends too early");
            return text[at];
        }

        bool Take(char c)
        {
            if (Next() != c)
                return false;
            at++;
            return true;
        }

        object Value()
        {
            object value;

            if (++depth > MaxDepth)
                throw new FormatException("the JSON is too deep");
            switch (Next())
            {
                case '{': value = Object(); break;
                case '[': value = Array(); break;
                case '"': value = String(); break;
                default: value = Word(); break;
            }
            depth--;
            return value;
        }

        JsonObject Object()
        {
            JsonObject members = new JsonObject();

            for (at++; !Take('}'); Take(','))
            {
                string name = String();
                if (!Take(':'))
                    throw new FormatException("a colon is missing in the JSON");
                members[name] = Value();
            }
            return members;
        }

        JsonArray Array()
        {
            JsonArray elements = new JsonArray();

            for (at++; !Take(']'); Take(','))
                elements.Add(Value());
            return elements;
        }

        string Word()
        {
            int start = at;

            while (at < text.Length && ",:{}[]\" \t\r\n".IndexOf(text[at]) < 0)
                at++;
            if (at == start)
                throw new FormatException("a value is missing in the JSON");
            return text.Substring(start, at - start);
        }

        string String()
        {
            StringBuilder value = new StringBuilder();

            if (!Take('"'))
                throw new FormatException("a string is missing in the JSON");
            for (; at < text.Length && text[at] != '"'; at++)
                value.Append(text[at] == '\\' && at + 1 < text.Length ? Escape() : text[at]);
            if (at++ >= text.Length)
                throw new FormatException("a string of the JSON does not end");
            return value.ToString();
        }

        // Leaves `at` on the last character of the escape.
        char Escape()
        {
            char letter = text[++at];

            if (letter == 'u' && at + 4 < text.Length)
            {
                at += 4;
                return (char)int.Parse(text.Substring(at - 3, 4), NumberStyles.AllowHexSpecifier,
                                       CultureInfo.InvariantCulture);
            }
            return "bfnrt".IndexOf(letter) >= 0 ? ' ' : letter;
        }
    }

    public static class PageText
    {
        const string Indent = "  ";
        const int MaxIndent = 16; // groups in groups: deeper ones show their fallback_text

        public static string Draw(string json)
        {
            object page = Json.Parse(json);
            StringBuilder text = new StringBuilder();

            text.Append("page: " + Text(page, "title") + ", " + Text(page, "state") + "\n");
            Blocks(page, Indent, text);
            return text.ToString();
        }

        public static string Text(object value, string name)
        {
            return Json.Text(Json.Member(value, name));
        }

        static void Blocks(object container, string before, StringBuilder text)
        {
            foreach (object block in Json.Elements(Json.Member(container, "blocks")))
            {
                string type = Text(block, "type");

                text.Append(before + Text(block, "id") + " [" + type + "]");
                if (type == "facts")
                    Facts(block, before + Indent, text);
                else if (type == "table")
                    Table(block, before + Indent, text);
                else if (type == "group" && before.Length < MaxIndent)
                {
                    text.Append(" " + Text(block, "title") + "\n");
                    Blocks(block, before + Indent, text);
                }
                else if (type == "text" || type == "heading")
                    text.Append(" " + Text(block, "text") + "\n");
                else
                    text.Append(" " + Text(block, "fallback_text") + "\n");
            }
        }

        static void Facts(object block, string before, StringBuilder text)
        {
            text.Append("\n");
            foreach (object row in Json.Elements(Json.Member(block, "rows")))
            {
                JsonArray pair = Json.Elements(row);
                if (pair.Count == 2)
                    text.Append(before + Json.Text(pair[0]) + ": " + Json.Text(pair[1]) + "\n");
            }
        }

        static void Table(object block, string before, StringBuilder text)
        {
            text.Append("\n" + before + "-" + Cells(Json.Member(block, "columns"), "title"));
            foreach (object row in Json.Elements(Json.Member(block, "rows")))
                text.Append(before + Text(row, "id") + Cells(Json.Member(row, "cells"), "text"));
        }

        // A cell is a string, or an object with a text and how good that is.
        static string Cells(object cells, string name)
        {
            List<string> words = new List<string>();

            foreach (object cell in Json.Elements(cells))
                words.Add(cell is JsonObject ? Text(cell, name) : Json.Text(cell));
            return " " + string.Join(" | ", words.ToArray()) + "\n";
        }
    }
}
