// SPDX-License-Identifier: MIT
// Draws the pages that are named, as the sample in C# does.
using System;
using System.IO;
using System.Text;
using Sample;

static class Draw
{
    static void Main(string[] paths)
    {
        using (var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)))
            foreach (string path in paths)
                output.Write(PageText.Draw(File.ReadAllText(path)));
    }
}
