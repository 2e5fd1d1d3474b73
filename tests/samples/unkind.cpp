/* SPDX-License-Identifier: MIT */
/*
 * A host that throws whatever it is asked: nothing of it may reach the plug-in (R9).
 * unkind MODULE: prints what threw, and "survived".
 */
#include <atomic>
#include <chrono>
#include <iostream>
#include <mutex>
#include <set>

#include "api/prosoft/samples/cpp/prosoft.hpp"

namespace
{

class Unkind : public prosoft::Host
{
public:
  Unkind () : Host ("Unkind host", "", "1.0") {}

  std::atomic<bool> is_asked{ false };
  std::set<std::string> thrown;
  std::mutex mutex;

  [[noreturn]] void
  fall (const char *what)
  {
    {
      const std::lock_guard<std::mutex> lock (mutex);

      thrown.insert (what);
    }
    throw std::runtime_error (what);
  }

protected:
  void
  wake () override
  {
    is_asked = true;
    fall ("wake");
  }
  void
  log (prosoft_log_severity_t, const std::string &, const std::string &) override
  {
    fall ("log");
  }
  std::string
  environment (const std::string &) override
  {
    fall ("environment");
  }
  void
  progress (prosoft_op_t, double, const std::string &) override
  {
    fall ("progress");
  }
  void
  completed (prosoft_op_t, prosoft_result_t, const std::string &) override
  {
    fall ("completed");
  }
  void
  changed (prosoft_view_t, std::int64_t) override
  {
    fall ("changed");
  }
  void
  decided (prosoft_op_t, const prosoft::Decision &, prosoft_session_t) override
  {
    fall ("decided");
  }
  void
  notice (prosoft_session_t, const prosoft::Decision &) override
  {
    fall ("notice");
  }
  void
  event (prosoft_gate_event_kind_t, const std::string &) override
  {
    fall ("event");
  }
  bool
  open_uri (const std::string &) override
  {
    fall ("open_uri");
  }
};

class NoReader : public prosoft::Reader
{
protected:
  std::int64_t
  size () override
  {
    return 1000;
  }
  std::int64_t
  read (std::int64_t, void *, std::int64_t) override
  {
    throw std::runtime_error ("read");
  }
};

/* FALSE as long as the page is not that far. */
bool
press (prosoft::Plugin &plugin)
{
  try
    {
      std::int64_t revision;

      plugin.render (1, revision);
      plugin.invoke (1, revision, "explain.configuration");
      return true;
    }
  catch (const prosoft::Error &)
    {
      return false;
    }
}

}

int
main (int, char **argv)
{
  const auto deadline = std::chrono::steady_clock::now () + std::chrono::seconds (20);
  const NoReader reader;
  bool is_pressed = false;
  Unkind host;
  const prosoft::Module module (argv[1]);
  prosoft::Plugin plugin (module, host);

  plugin.open_project ("project", "", reader);
  plugin.open_page (plugin.page (0), 1);
  plugin.check_session ("", "Site", 0);
  while (host.thrown.count ("decided") == 0 || host.thrown.count ("completed") == 0)
    {
      if (host.is_asked.exchange (false))
        plugin.on_main_thread ();
      is_pressed = is_pressed || press (plugin);
      if (std::chrono::steady_clock::now () > deadline)
        return 1;
      std::this_thread::yield ();
    }
  for (const auto &what : host.thrown)
    std::cout << what << ' ';
  std::cout << "survived" << std::endl;
}
