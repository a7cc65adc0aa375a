package com.example.workload;

import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A GET is answered when a request is held at the place of this name, on this node; a POST lets that request go on. */
public final class HoldServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Holds.awaitReached(request.getParameter("place"));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        Holds.release(request.getParameter("place"));
    }
}
